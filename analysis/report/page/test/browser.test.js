// The page in a browser: what a reader sees and does. Without Chromium these tests are skipped, and
// say so; CHROMIUM names another one.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { alone, makeDocument, single } from './document.js';

const folder = join(dirname(fileURLToPath(import.meta.url)), '..');
const executable = process.env.CHROMIUM ?? '/usr/bin/chromium';
const skip = existsSync(executable) ? false : `there is no ${executable}`;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let browser;
let at;

function build(name, document) {
    writeFileSync(join(at, `${name}.json`), JSON.stringify(document));
    execFileSync(process.execPath, [
        join(folder, 'build.mjs'), join(at, `${name}.html`), '--document', join(at, `${name}.json`)]);
}

before(async () => {
    if (skip) {
        return;
    }
    at = mkdtempSync(join(tmpdir(), 'page-'));
    build('four', makeDocument());
    build('one', alone());
    build('single', single());
    browser = await chromium.launch({ executablePath: executable, args: ['--no-sandbox'] });
});

after(async () => {
    await browser?.close();
    if (at) {
        rmSync(at, { recursive: true });
    }
});

// Opens a report WIDTH pixels wide and gives it to USE; whatever the console says fails the test.
async function open(name, width, use) {
    const context = await browser.newContext({ viewport: { width, height: 900 }, bypassCSP: false });
    const page = await context.newPage();
    const said = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(error.message));
    page.on('request', (request) => {
        if (/^https?:/.test(request.url())) {
            said.push(`it asked for ${request.url()}`);
        }
    });
    await page.goto(`file://${join(at, `${name}.html`)}`);
    await page.waitForSelector('.drawing svg');
    await page.waitForTimeout(300);
    await use(page);
    await context.close();
    assert.deepEqual(said, []);
}

for (const name of ['four', 'one', 'single']) {
    for (const width of [360, 1024, 1920]) {
        test(`the report '${name}' fits ${width} pixels`, { skip }, () => open(name, width, async (page) => {
            const over = await page.evaluate(() => [...document.querySelectorAll('main *, header *')]
                .filter((node) => !node.closest('.scroll, .unseen, svg') && node.getBoundingClientRect().right > window.innerWidth + 1)
                .map((node) => `${node.tagName} ${node.className} ${node.textContent.slice(0, 40)}`));
            assert.deepEqual(over, []);
            assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth), false);
        }));
    }
}

// French words are the longest.
test('the report fits 360 pixels in each language', { skip }, () => open('four', 360, async (page) => {
    for (const language of ['Français', 'English']) {
        await page.getByRole('button', { name: language }).click();
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360, language);
    }
}));

// The policy forbids foreign script, so that axe comes in through the debugger.
test('axe finds nothing serious', { skip }, async () => {
    for (const width of [360, 1024]) {
        await open('four', width, async (page) => {
            await page.evaluate(axe);
            const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
            const serious = found.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
                .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')}`);
            assert.deepEqual(serious, []);
        });
    }
});

test('the arrow keys read the values of a picture aloud', { skip }, () => open('four', 1024, async (page) => {
    const figure = page.locator('#a-floor_sleepers');
    await figure.locator('.drawing').focus();
    await page.keyboard.press('ArrowRight');
    const first = await figure.locator('[aria-live]').textContent();
    assert.match(first, /^Zonder nieuwe maatregelen, februari 2025, \d/);
    await page.keyboard.press('ArrowRight');
    assert.match(await figure.locator('[aria-live]').textContent(), /maart 2025/);
    assert.equal(await figure.locator('.tip').isVisible(), true);
    await page.keyboard.press('Escape');
    assert.equal(await figure.locator('.tip').isVisible(), false);
}));

test('the pointer reads the panel that it is in', { skip }, () => open('four', 1024, async (page) => {
    const drawing = page.locator('#a-density .drawing svg');
    await drawing.scrollIntoViewIfNeeded();
    const box = await drawing.boundingBox();
    await page.mouse.move(box.x + box.width * 0.75, box.y + box.height * 0.75);
    const text = await page.locator('#a-density .tip').textContent();
    assert.match(text, /^De noodwet, driemaal zo vaak gebruikt\n\S+ 20(29|30|31)/);
}));

test('another language says everything anew, and keeps what the reader chose', { skip }, () => open('four', 1024, async (page) => {
    await page.locator('#years select').first().selectOption('north');
    await page.locator('#a-people details.table summary').click();
    await page.getByRole('button', { name: 'Français' }).click();
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'fr');
    assert.match(await page.locator('#a-people h3').textContent(), /Flandre/);
    assert.equal(await page.locator('#a-people details.table').evaluate((node) => node.open), true);
    assert.match(await page.locator('h1').textContent(), /^Combien de personnes/);
}));

test('a range of years narrows the table and the drawing', { skip }, () => open('four', 1024, async (page) => {
    await page.locator('#a-floor_sleepers details.table summary').click();
    const rows = page.locator('#a-floor_sleepers tbody tr');
    await rows.first().waitFor();
    assert.equal(await rows.count(), 11);
    const from = page.locator('#a-floor_sleepers input[type=range]').first();
    await from.focus();
    await page.keyboard.press('ArrowRight');
    assert.equal(await rows.count(), 10);
    assert.equal(await rows.first().locator('th').textContent(), '2026');
}));

test('an address gives the command for its number', { skip }, () => open('four', 1024, async (page) => {
    const figure = page.locator('#a-floor_sleepers-than');
    await figure.getByRole('button', { name: /^Adres/ }).click();
    await figure.locator('.panel select').selectOption({ label: 'De zeven aanbevelingen, 2030' });
    assert.equal(await figure.locator('.panel input').inputValue(),
        "doorstroom show '0f1e2d3c4b5a-a1b2c3d4e5f6:mean(floor_sleepers, 2030)' belgium.h5 plan.h5 prisons.h5 emergency.h5");
}));

test('a level that the reader sets moves the number of futures', { skip }, () => open('four', 1024, async (page) => {
    const document = makeDocument();
    const floor = document.quantities.find(({ name, by, labels }) => name === 'floor_sleepers' && by === 'year' && !labels.region);
    // The futures of the base in 2030, the sixth year, decoded by hand: tenths, each less the one before it.
    let sum = 0;
    const futures = floor.of[0].futures[5].map((step) => (sum += step) / 10);
    await page.locator('.chance input[type=number]').fill('300');
    const share = Math.round((100 * futures.filter((value) => value > 300).length) / futures.length);
    assert.match(await page.locator('.chances li').first().textContent(), new RegExp(`^in ${share} van de 100`));
}));

test('the file of a picture opens in a spreadsheet, and its picture stands alone', { skip }, () => open('four', 1024, async (page) => {
    const save = async (label) => {
        const [download] = await Promise.all([
            page.waitForEvent('download'),
            page.locator('#a-floor_sleepers').getByRole('button', { name: new RegExp(`^${label}`) }).click(),
        ]);
        return readFileSync(await download.path(), 'utf8');
    };
    const csv = await save('CSV');
    assert.match(csv, /^\ufeffMaand;Zonder nieuwe maatregelen: gemiddelde;/);
    assert.match(csv, /\r\n2025-02;\d+,\d;/);
    assert.match(csv, /a1b2c3d4e5f6/);
    const svg = await save('SVG');
    assert.match(svg, /<title>Grondslapers, het hele land/);
    assert.match(svg, /fill="#ffffff"/);
    const errors = await page.evaluate((text) => new DOMParser().parseFromString(text, 'image/svg+xml').querySelectorAll('parsererror').length, svg);
    assert.equal(errors, 0);
}));

test('a picture about nothing is not drawn', { skip }, () => open('one', 1024, async (page) => {
    assert.equal(await page.locator('#a-floor_sleepers-than').count(), 0);
    const empty = await page.locator('.drawing svg').evaluateAll((all) => all.filter((svg) => !svg.querySelector('path, circle, rect')).length);
    assert.equal(empty, 0);
}));

test('the reader chooses in which way the shares of measures are told', { skip }, () => open('four', 1024, async (page) => {
    const words = () => page.locator('#d-shares .drawing svg').textContent();
    assert.doesNotMatch(await words(), /Wisselwerking/);
    await page.locator('#measures .controls select').selectOption('alone');
    assert.match(await words(), /Wisselwerking.*\+36/);
    assert.match(await page.locator('#d-shares .note').textContent(), /precies op tot het totaal: −172\./);
}));

test('a facility that the reader chooses is told beside its region, and an arrow down goes a facility further', { skip }, () => open('one', 1024, async (page) => {
    await page.locator('#places .chance > .controls select').selectOption('Huis Kortrijk');
    assert.match(await page.locator('#b-one-numbers h3').textContent(), /^Huis Kortrijk in 2030/);
    assert.deepEqual(await page.locator('#b-one-numbers .facilities thead th').allTextContents(), ['Huis Kortrijk', 'Vlaanderen', 'Het hele land']);
    await page.locator('#b-heat .drawing').focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    assert.match(await page.locator('#b-heat [aria-live]').textContent(), /^Beveren, Vlaanderen, gemengd, februari 2025, \d+ per 100 plaatsen$/);
}));
