import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { writeCompressed } from './compressed.ts';

export default defineConfig({
  plugins: [react(), writeCompressed()],
  build: {
    outDir: '../dist/console',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
});
