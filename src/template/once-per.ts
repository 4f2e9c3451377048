/** A fact that is read once of each thing it is about, however many rules ask for it. What is read must not be changed by who asks. */
export function oncePer<About extends object, Fact>(read: (about: About) => Fact): (about: About) => Fact {
  const known = new WeakMap<About, { readonly fact: Fact }>();
  return (about) => {
    const found = known.get(about) ?? { fact: read(about) };
    known.set(about, found);
    return found.fact;
  };
}
