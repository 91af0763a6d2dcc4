// validate.js FOLDER: what ro-crate's validator finds in a crate, a line each; status 1: an error, or a file of the
// folder that the crate does not describe. It would fetch the context of RO-Crate from its address: it gets the one
// that its own package brings.
const fs = require("fs");
const path = require("path");
const context = require("ro-crate/lib/context.json");
globalThis.fetch = async () => ({ ok: true, json: async () => context });
const { Validator } = require("ro-crate/lib/validator");

async function main(folder) {
    const validator = new Validator();
    validator.parseJSON(fs.readFileSync(path.join(folder, "ro-crate-metadata.json"), "utf8"));
    await validator.crate?.resolveContext();
    const valid = await validator.validate();
    const names = fs.readdirSync(folder, { recursive: true });
    const is_folder = (name) => fs.lstatSync(path.join(folder, name)).isDirectory();
    // A crate calls a folder with a slash at its end, and anything as an URI has it.
    const escape = (part) => encodeURIComponent(part).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
    const id = (name) => name.split(path.sep).map(escape).join("/") + (is_folder(name) ? "/" : "");
    validator.checkFiles(Object.fromEntries(names.map((name) => [id(name), { exists: true, isDir: is_folder(name) }])));
    const bad = validator.results.filter((found) => found.status !== "success");
    for (const found of bad) console.log(`${found.status}: ${found.entity ?? ""} ${found.message}`);
    console.log(`${validator.results.length - bad.length} checks hold, ${bad.length} do not`);
    process.exitCode = !valid || bad.length > 0 ? 1 : 0;
}
main(process.argv[2]);
