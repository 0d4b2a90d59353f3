import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import './frame/frame.css';
import './frame/parts.css';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no root');
createRoot(root).render(<App />);
