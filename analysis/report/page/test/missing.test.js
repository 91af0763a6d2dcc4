// What the page does with what is missing: whatever of the document is optional is taken away in turn,
// and the page stands without the pictures of that alone. Without Chromium these tests are skipped.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { deflateSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { alone, brief, makeDocument, single } from './document.js';

const folder = join(dirname(fileURLToPath(import.meta.url)), '..');
const executable = process.env.CHROMIUM ?? '/usr/bin/chromium';
const skip = existsSync(executable) ? false : `there is no ${executable}`;
let browser;
let at;
let template;

before(async () => {
    if (skip) {
        return;
    }
    at = mkdtempSync(join(tmpdir(), 'page-'));
    execFileSync(process.execPath, [join(folder, 'build.mjs'), join(at, 'template.html')]);
    template = readFileSync(join(at, 'template.html'), 'utf8');
    browser = await chromium.launch({ executablePath: executable, args: ['--no-sandbox'] });
});

after(async () => {
    await browser?.close();
    if (at) {
        rmSync(at, { recursive: true });
    }
});

// Writes a report of DOCUMENT, as the program does.
function write(document) {
    const values = { TITLE: 'A', LANG: 'en', NUMBERS: deflateSync(JSON.stringify(document)).toString('base64') };
    const html = Object.entries(values).reduce((text, [marker, value]) => text.split(`@${marker}@`).join(value), template);
    writeFileSync(join(at, 'report.html'), html);
}

// What a reader sees of DOCUMENT: the names of the pictures, those without a drawing, the lines on what
// is left out, and what the console said.
async function seen(document) {
    write(document);
    const page = await browser.newPage({ viewport: { width: 1024, height: 900 } });
    const said = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(error.message));
    await page.goto(`file://${join(at, 'report.html')}`);
    await page.waitForSelector('#page > *:not(noscript)');
    const found = await page.evaluate(() => ({
        pictures: [...document.querySelectorAll('figure')].map((figure) => figure.id),
        empty: [...document.querySelectorAll('.drawing')].filter((drawing) => !drawing.querySelector('svg')).length,
        leftOut: [...document.querySelectorAll('.left-out')].map((line) => line.textContent),
        unfilled: [...document.querySelectorAll('#page *')].filter((node) => /undefined|NaN|Infinity|\[object/.test(node.textContent) && node.children.length === 0)
            .map((node) => node.textContent.slice(0, 100)),
    }));
    await page.close();
    return { ...found, said };
}

function assertStands(found, what) {
    assert.deepEqual(found.said, [], what);
    assert.equal(found.empty, 0, what);
    assert.deepEqual(found.unfilled, [], what);
    assert.ok(!found.leftOut.some((line) => /failed/.test(line)), `${what}: ${found.leftOut}`);
    assert.ok(found.pictures.length > 0, what);
}

// The pictures that a part of the document carries, by the beginning of their names.
const carried = {
    texts: [], counted: [], comparison: ['o-table', 'h-'], measures: ['d-'], funding: ['h-', 'c-'], assumptions: ['j-'],
    ranks: ['i-weights'], variance: ['i-spread'], attribution: ['d-'], backtest: ['i-error', 'i-cover'], law: ['c-'],
    notes: [], regions: ['b-', 'c-'], facilities: ['b-', 'c-'],
};

test('a part that is missing takes its own pictures with it and no other', { skip }, async () => {
    const whole = await seen(brief());
    assertStands(whole, 'all parts');
    for (const [part, own] of Object.entries(carried)) {
        const { [part]: taken, ...rest } = brief();
        const found = await seen(rest);
        assertStands(found, part);
        assert.ok(taken !== undefined, `${part} is in the made-up document`);
        const lost = whole.pictures.filter((id) => !found.pictures.includes(id));
        assert.deepEqual(lost.filter((id) => !own.some((start) => id.startsWith(start))), [], part);
    }
});

// The drawing of why it is crowded is of people by month, its table of person-days by year.
test('a table in another unit than its drawing says so', { skip }, async () => {
    write(brief());
    const page = await browser.newPage();
    await page.goto(`file://${join(at, 'report.html')}`);
    await page.click('#e-parts details.table summary');
    assert.match(await page.textContent('#e-parts caption'), /person-days above capacity in each year/);
    assert.match(await page.textContent('#e-parts figcaption .unit'), /^people above capacity/);
    await page.close();
});

// Every sixth is missing at a time, so that those beside it, of the same chapter, are there.
test('a quantity that is missing leaves the page standing', { skip }, async () => {
    const document = brief(alone());
    const names = [...new Set(document.quantities.map((quantity) => quantity.name))];
    for (let first = 0; first < 6; first++) {
        const missing = names.filter((_, n) => n % 6 === first);
        const quantities = document.quantities.filter((quantity) => !missing.includes(quantity.name));
        assertStands(await seen({ ...document, quantities }), missing.join(', '));
    }
});

test('quantities by year or by month alone are enough', { skip }, async () => {
    const document = brief();
    for (const by of ['year', 'month', 'whole']) {
        assertStands(await seen({ ...document, quantities: document.quantities.filter((quantity) => quantity.by !== by) }), `none by ${by}`);
    }
});

test('one future of one result without regions stands, with one facility or none', { skip }, async () => {
    const document = single();
    const facility = document.facilities[0].name;
    const few = document.quantities.filter(({ labels }) => !labels.facility || labels.facility === facility)
        .map(({ than, ...quantity }) => quantity);
    assertStands(await seen({ ...document, facilities: document.facilities.slice(0, 1), quantities: few }), 'one facility');
    assertStands(await seen({ ...document, facilities: [], quantities: few.filter(({ labels }) => !labels.facility) }), 'no facility');
});

test('a document without numbers says what it leaves out', { skip }, async () => {
    const { format, made, scenarios, days } = makeDocument();
    const found = await seen({ format, made, scenarios, days });
    assert.deepEqual(found.said, []);
    assert.match(found.leftOut[0], /^Not in this report, because the results hold nothing about it: Overcrowding through the years,/);
});

test('a chapter that fails is named, the console says why, and the rest stands', { skip }, async () => {
    const document = brief();
    const found = await seen({ ...document, ranks: { outcome: 'mean(people)', rows: 7 } });
    assert.equal(found.said.length, 1);
    assert.match(found.said[0], /TypeError/);
    assert.match(found.leftOut.at(-1), /^Not in this report, because drawing it failed: How sure is this\?/);
    assert.ok(found.pictures.includes('a-people') && found.pictures.includes('j-grades'));
});
