// What the writing page needs of age, and no more: a fresh key pair, and sealing to one public key.
import { Encrypter, generateX25519Identity, identityToRecipient } from "age-encryption";

/** A fresh key pair, as age writes it. */
export const keyPair = async () => {
  const secret = await generateX25519Identity();
  return { secret, open: await identityToRecipient(secret) };
};

/** The bytes as an age file that only the owner of this public key opens. */
export const seal = (bytes, recipient) => {
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  return encrypter.encrypt(bytes);
};
