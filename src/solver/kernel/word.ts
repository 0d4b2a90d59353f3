/** Word i of the context table at ctx. */
// @ts-ignore: decorator
@inline
export function word(ctx: usize, i: i32): usize {
  return load<u32>(ctx + (<usize>i << 2));
}
