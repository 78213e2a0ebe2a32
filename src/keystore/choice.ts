import type { KeystoreFiles, KeystoreType } from '../cert/file-set.ts';

/** Which keystores are wanted, and how. */
export type KeystoreChoice = {
  types: readonly KeystoreType[];
  alias: string;
  /** Of the keystore and of the key in it. */
  password: string;
  /** PKCS#12 for older programs: 3DES and SHA-1. */
  compat: boolean;
};

/** The result of `keystore create`. */
export type CreatedKeystores = {
  /** Absolute paths. */
  files: KeystoreFiles;
  /** The name of the key in them; in a JKS it stands in lower case. */
  alias: string;
  /** How many certificates are with the key, its own included. */
  chainLength: number;
};

/** The alias as it stands in the files: as it was given, but in lower case where there is only a JKS. */
export const writtenAlias = ({ types, alias }: Pick<KeystoreChoice, 'types' | 'alias'>): string =>
  types.includes('p12') ? alias : alias.toLowerCase();
