// Makes the page: one HTML file that holds everything but the numbers.
//
//   node build.mjs OUT                        the template, with @NUMBERS@, @LANG@ and @TITLE@
//   node build.mjs OUT --document FILE.json   a whole report, for looking at the page
//   node build.mjs --licences                 LICENCES.md: every package inside the page, with its licence

import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deflateSync } from 'node:zlib';
import { outlineOf } from './outline.mjs';

const here = dirname(fileURLToPath(import.meta.url));

// The map is cut from this package's data, which is in the page though none of its code is.
const dataPackages = ['world-atlas'];

// The country whose outline travels in the page: Belgium. Facilities elsewhere are drawn without one.
const COUNTRY = '056';

async function bundle(entry, loader) {
    const made = await build({
        absWorkingDir: here,
        entryPoints: [entry],
        bundle: true,
        write: false,
        minify: true,
        metafile: true,
        format: 'iife',
        target: ['chrome103', 'firefox113', 'safari16.4'],
        legalComments: 'none',
        charset: 'utf8',
        loader,
        logLevel: 'warning',
    });
    return { text: made.outputFiles[0].text.trim(), inputs: Object.keys(made.metafile.inputs) };
}

// The names of the packages that INPUTS, files of a bundle, come from.
function packagesOf(inputs) {
    const found = inputs
        .map((file) => file.match(/node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1])
        .filter(Boolean);
    return [...new Set([...found, ...dataPackages])].sort();
}

function licenceText(folder) {
    const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
    return file ? readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim() : '';
}

// Name, version, licence, address and text of each package.
function licencesOf(packages) {
    return packages.map((name) => {
        const folder = join(here, 'node_modules', name);
        const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
        const home = about.homepage ?? about.repository?.url ?? '';
        return { name, version: about.version, licence: about.license, home, text: licenceText(folder) };
    });
}

function licencesPage(licences) {
    const head = [
        '# Licences of what travels inside the page',
        '',
        'Written by build.mjs --licences; the last page of every report holds the same.',
        '',
        '| Package | Version | Licence |',
        '|---|---|---|',
        ...licences.map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`),
        '',
        'The outlines of countries in world-atlas are Natural Earth\'s, which are in the public domain.',
    ];
    const texts = licences.map(({ name, version, text }) => `\n## ${name} ${version}\n\n${indent(text)}`);
    return `${[...head, ...texts].join('\n')}\n`;
}

function indent(text) {
    return text.split('\n').map((line) => (line.trim() === '' ? '' : `    ${line.trimEnd()}`)).join('\n');
}

// JSON that may stand inside a script element: nothing in it can end the element.
function inScript(value) {
    return JSON.stringify(value).replaceAll('<', '\\u003c');
}

// The bundler writes code that may stand in a script element; a build that does not is refused.
function checkCode(code) {
    if (/<\/script|<!--/i.test(code)) {
        throw new Error('the bundle would end its own script element');
    }
    return code;
}

function policyFor(script) {
    const hash = createHash('sha256').update(script).digest('base64');
    return [
        "default-src 'none'", `script-src 'sha256-${hash}'`, "style-src 'unsafe-inline'",
        'img-src data: blob:', "base-uri 'none'", "form-action 'none'",
    ].join('; ');
}

// Puts VALUES into the page's markers; each must stand there exactly once.
function putIn(html, values) {
    for (const [marker, value] of Object.entries(values)) {
        const parts = html.split(`@${marker}@`);
        if (parts.length !== 2) {
            throw new Error(`@${marker}@ stands ${parts.length - 1} times in the page`);
        }
        html = parts.join(value);
    }
    return html;
}

function escape(text) {
    return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

// The template with the numbers of a document, as the program fills it.
function filled(html, file) {
    const text = readFileSync(file, 'utf8');
    const report = JSON.parse(text);
    return putIn(html, {
        TITLE: escape(report.scenarios[0].name),
        LANG: report.language ?? 'nl',
        NUMBERS: deflateSync(text, { level: 9 }).toString('base64'),
    });
}

// What the page is put together from: its code, its style, and the licences of what is in it.
async function makeParts() {
    const script = await bundle('src/main.js', { '.json': 'json' });
    const style = await bundle('page.css', {});
    return {
        code: checkCode(script.text), style: style.text, licences: licencesOf(packagesOf(script.inputs)),
    };
}

// The text that LICENCES.md must hold.
export async function makeLicences() {
    const { licences } = await makeParts();
    return licencesPage(licences);
}

function makeTemplate({ code, style, licences }) {
    const template = putIn(readFileSync(join(here, 'page.html'), 'utf8'), {
        POLICY: policyFor(code), STYLE: style, LICENCES: inScript(licences), OUTLINE: inScript(outlineOf(COUNTRY)), SCRIPT: code,
    });
    for (const marker of ['NUMBERS', 'LANG', 'TITLE']) {
        putIn(template, { [marker]: '' });
    }
    return template;
}

async function main([out, option, file]) {
    if (out === '--licences') {
        writeFileSync(join(here, 'LICENCES.md'), await makeLicences());
        return;
    }
    if (!out || (option && (option !== '--document' || !file))) {
        throw new Error('usage: node build.mjs OUT [--document FILE.json], or --licences');
    }
    const template = makeTemplate(await makeParts());
    mkdirSync(dirname(out), { recursive: true });
    writeFileSync(out, option ? filled(template, file) : template);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
    main(process.argv.slice(2)).catch((error) => {
        console.error(`build.mjs: ${error.message}`);
        process.exitCode = 1;
    });
}
