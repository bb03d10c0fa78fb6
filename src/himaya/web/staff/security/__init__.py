"""An officer's own way in: passphrase, code generator, passkeys, recovery codes, sessions."""
