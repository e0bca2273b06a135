// Accents are optional: the same folding as the server's, so that both find the same names.

/** `text` without accents, in lower case, white space collapsed: "Đổi  mới" gives "doi moi". */
export function fold(text: string): string {
  const bare = text
    .replace(/[đĐ]/g, 'd')
    .normalize('NFD')
    .replace(/\p{M}/gu, '');
  return bare.toLowerCase().split(/\s+/).filter(Boolean).join(' ');
}

/** A typed number in its stored form's letters and digits: "cafe 047 0931-6" gives "CAFE04709316". */
export function spoken(text: string): string {
  return fold(text)
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
