// On paper, and the numbers of the report for another program to work out again: they are written to
// NUMBERS as they stand on the page and in its files.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { open, settled, start } from './browsers.js';
import { parseCsv } from './files.js';
import { openAll, save, speakBy } from './readers.js';
import { addressesSeen, chaptersSeen, comparisonSeen, tablesSeen } from './seen.js';

const { REPORT: report, FOLDER: folder, NUMBERS: numbers } = process.env;
let reader;
let page;
let said;

before(async () => {
    reader = await start('chromium', `${folder}/others`);
    ({ page, said } = await open(reader, report));
});
after(() => reader?.browser.close());

/* ---- On paper ---- */

const asText = (path, ...options) => execFileSync('pdftotext', ['-layout', ...options, path, '-'], { encoding: 'utf8', maxBuffer: 1 << 28 });
const words = (text) => text.replace(/[\s\u00ad-]+/g, '');

test('it prints on A4, every chapter, no page blank', async () => {
    const path = `${folder}/report.pdf`;
    const seen = await page.evaluate(chaptersSeen);
    await page.pdf({ path, format: 'A4', printBackground: true, margin: { top: '12mm', bottom: '12mm', left: '12mm', right: '12mm' } });
    const about = execFileSync('pdfinfo', [path], { encoding: 'utf8' });
    assert.match(about, /Page size:\s+59[45]\.?\d* x 84[12]\.?\d* pts \(A4\)/);
    const pages = asText(path).split('\f').slice(0, -1);
    assert.equal(pages.length, Number(about.match(/Pages:\s+(\d+)/)[1]));
    const whole = words(pages.join(''));
    assert.deepEqual(seen.titles.filter((title) => !whole.includes(words(title))), [], 'titles that are not on paper');
    assert.deepEqual(pages.map((text, n) => (words(text).length < 8 ? n + 1 : 0)).filter(Boolean), [], 'pages with nothing on them');
});

/* ---- A level that the reader sets ---- */

test('a level moves the number of futures that are above it', async () => {
    const document = JSON.parse(readFileSync(process.env.DOCUMENT, 'utf8'));
    const floor = document.quantities.find(({ name, by, labels }) => name === 'floor_sleepers' && by === 'year' && Object.keys(labels).length === 0);
    const year = document.days.year.findIndex(([from]) => from * 86400000 === Date.UTC(2030, 0, 1));
    // The futures of the base in 2030, decoded by hand: whole numbers, each less the one before it.
    let sum = 0;
    const futures = floor.of[0].futures[year].map((step) => (sum += step) / 10 ** floor.decimals);
    const level = Math.round((futures[2] + futures[3]) / 2);
    await speakBy(page, 'nl');
    await (await page.$('.chance input[type=number]')).click({ count: 3 });
    await page.keyboard.type(String(level));
    const share = Math.round((100 * futures.filter((value) => value > level).length) / futures.length);
    assert.match(await page.$eval('.chances li', (line) => line.textContent), new RegExp(`^in ${share} van de 100`));
});

/* ---- Numbers for another program ---- */

// Everything that is read of the page as it stands.
async function state(code, chosen, pictures) {
    await openAll(page);
    const tables = await page.evaluate(tablesSeen);
    const kept = pictures.length > 0 ? pictures : Object.keys(tables);
    const files = {};
    for (const id of kept) {
        files[id] = parseCsv((await save(reader, page, id, 'CSV')).slice(1), code === 'en' ? ',' : ';');
    }
    const only = (all) => Object.fromEntries(Object.entries(all).filter(([id]) => kept.includes(id)));
    return {
        code, ...chosen, files, tables: only(tables), addresses: only(await page.evaluate(addressesSeen)),
        comparison: await page.evaluate(comparisonSeen),
    };
}

// Chooses VALUE in the list of chapter NAME that offers it.
async function choose(name, value) {
    for (const select of await page.$$(`#${name} select`)) {
        if (await select.evaluate((list, wanted) => [...list.options].some((option) => option.value === wanted), value)) {
            await select.select(value);
            await settled(page);
            return;
        }
    }
    throw new Error(`nothing offers ${value} in ${name}`);
}

const idsOf = (start) => page.$$eval('figure', (all, word) => all.map(({ id }) => id).filter((id) => id.startsWith(word)), start);

test('its numbers are read, in two languages, of regions and facilities', async () => {
    const states = [];
    const { regions, facilities } = JSON.parse(process.env.CHOSEN);
    for (const code of ['en', 'nl']) {
        await speakBy(page, code);
        states.push(await state(code, {}, []));
        for (const region of code === 'en' ? regions : regions.slice(0, 1)) {
            await choose('years', region);
            states.push(await state(code, { region }, (await idsOf('a-')).filter((id) => id !== 'a-chance')));
        }
        await choose('years', '');
        for (const facility of code === 'en' ? facilities : facilities.slice(0, 1)) {
            await choose('places', facility);
            states.push(await state(code, { facility }, await idsOf('b-one')));
        }
    }
    writeFileSync(numbers, JSON.stringify(states));
    assert.ok(states.length > 4);
    assert.deepEqual(said, []);
});
