/** Ids of what is outside of every template. */
export const OUTSIDE = 'outside:';

/** The internet as what requests come from. */
export const INTERNET_IN = `${OUTSIDE}internet`;

/** The internet as what calls go to: on the other side of the drawing, so that no line crosses it twice. */
export const INTERNET_OUT = 'out:internet';
