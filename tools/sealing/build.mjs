// Builds the sealing module of the writing page: `npm ci && npm run build` in this folder.
// The built file, its map and the licences of what is in it are committed; running needs no node.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { build } from "esbuild";

const OUT = "../../src/himaya/web/static/web";
const BUNDLED = ["age-encryption", "@noble/ciphers", "@noble/curves", "@noble/hashes", "@scure/base"];
// Parts of age that nothing here is sealed with: passphrases, passkeys, post-quantum keys.
const LEFT_OUT = /(post-quantum\/hybrid|noble\/curves\/nist|noble\/hashes\/scrypt|\/webauthn|\/armor)\.js$/;
const NAMES = ["MLKEM768P256", "MLKEM768X25519", "p256", "scrypt"];

const require = createRequire(import.meta.url);
const leaveOut = {
  name: "leave out",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: LEFT_OUT }, ({ path }) => ({ path, namespace: "left-out" }));
    onLoad({ filter: /.*/, namespace: "left-out" }, () => ({
      contents: NAMES.map((name) => `export const ${name} = undefined;`).join("\n"),
    }));
    // One copy of the curve and hash code, whoever asks for it.
    onResolve({ filter: /^@noble\// }, ({ path }) => ({ path: require.resolve(path) }));
  },
};

const { warnings } = await build({
  entryPoints: ["entry.js"],
  outfile: `${OUT}/age.js`,
  bundle: true,
  minify: true,
  sourcemap: true,
  sourcesContent: true,
  legalComments: "none", // they stand in age.LICENSE
  format: "iife",
  globalName: "age",
  target: "es2020",
  plugins: [leaveOut],
});
if (warnings.length) process.exit(1);

const licences = BUNDLED.map((name) => {
  const folder = join("node_modules", name);
  const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const text = readFileSync(join(folder, "LICENSE"), "utf8").trim();
  return `${name} ${version} (${license})\n\n${text}\n`;
});
writeFileSync(`${OUT}/age.LICENSE`, licences.join("\n----\n\n"));
console.log(`${dirname(OUT)}: age.js, age.js.map, age.LICENSE`);
