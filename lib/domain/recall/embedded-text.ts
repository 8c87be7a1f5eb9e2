/**
 * The text whose vector stands for a memory. The words alone: who said them and when are features of their own, and a
 * vector that depends on nothing else can be shared by every memory with the same words.
 */
export const embeddedText = (memory: { readonly content: string }): string => memory.content;
