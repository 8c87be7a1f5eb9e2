/**
 * What stands in the named fields of a form. Sign-in forms are typed into, and filled in by password managers, before React has
 * taken the page over, and their state would know nothing of it. Until then `method="dialog"` lets a press do nothing, where a
 * form without a method would load the page anew.
 */
export function typedInto<N extends readonly string[]>(
  form: HTMLFormElement,
  ...names: N
): { readonly [I in keyof N]: string } {
  const data = new FormData(form);
  // One text per name, in their order.
  return names.map((name) => String(data.get(name) ?? "")) as { readonly [I in keyof N]: string };
}
