// The tests of a whole report in one browser: REPORT names it, CHAPTERS the letters that it must have.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { languages } from '../src/language.js';
import { downloaded, open, resize, settled, start } from './browsers.js';
import { assertPicture, assertTable } from './files.js';
import { namesTests } from './names.js';
import { clickParts, dragRange, openAll, pointAt, save, speakBy, walk } from './readers.js';
import { chaptersSeen, controlsSeen, cutOff, unfinished } from './seen.js';

const { REPORT: report, HOSTILE: hostile, CHAPTERS: wanted = 'ABCDEFGHIJKL', FOLDER: folder } = process.env;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const widths = [360, 1024, 1920];

// Holds where LINES, what is wrong, are none; else tells the first of them.
function none(lines) {
    assert.equal(lines.length, 0, `${lines.length} in all\n${lines.slice(0, 12).join('\n')}`);
}

// Serious and critical findings of axe. The page's policy forbids foreign script, so that it comes in
// through the debugger.
async function findings(page) {
    await page.evaluate(`${axe}; void 0`);
    return page.evaluate(async () => {
        const found = await window.axe.run(document, { resultTypes: ['violations'] });
        return found.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
            .map(({ id, nodes }) => `${id} (${nodes.length}): ${nodes.slice(0, 3).map((node) => node.html.slice(0, 200)).join(' | ')}`);
    });
}

// What must be there in every language, at every width.
function languageTests(opened, code) {
    test(`${code}: every chapter is there, and is listed`, async () => {
        const { page } = opened();
        await speakBy(page, code);
        const seen = await page.evaluate(chaptersSeen);
        assert.equal(seen.language, code);
        assert.equal(seen.letters, wanted);
        assert.equal(seen.listed, wanted);
        assert.deepEqual(seen.contents, seen.titles);
        none(seen.dead);
        assert.equal(new Set(seen.pictures).size, seen.pictures.length, 'two pictures have one name');
        assert.ok(seen.sentences.length >= 1 && seen.sentences.length <= 5 && seen.sentences.every((text) => /\d/.test(text)));
        assert.equal(seen.leftOut.length, wanted.length < 12 ? 1 : 0, seen.leftOut.join());
    });

    test(`${code}: nothing is empty or left unsaid`, async () => {
        const { page } = opened();
        none(await page.evaluate(unfinished));
    });

    test(`${code}: nothing is cut off at ${widths.join(', ')} pixels`, async () => {
        const { page } = opened();
        const found = [];
        for (const width of widths) {
            await resize(page, width);
            found.push(...(await page.evaluate(cutOff)).map((line) => `${width}: ${line}`));
        }
        await resize(page, 1024);
        none(found);
    });
}

// What a hand on the mouse does; its language is CODE.
function mouseTests(opened, code) {
    test('the mouse opens and closes every part', async () => {
        const { page } = opened();
        await speakBy(page, code);
        const { clicked, wrong } = await clickParts(page);
        assert.ok(clicked > 10);
        none(wrong);
    });

    test('the mouse goes to each chapter, and its title is under the bar', async () => {
        const { page } = opened();
        await page.$eval('#contents details', (list) => { list.open = true; });
        for (const name of await page.$$eval('#contents a', (links) => links.map((link) => link.getAttribute('href')))) {
            await page.$eval('#contents', (node) => node.scrollIntoView());
            await (await page.$(`#contents a[href="${name}"]`)).click();
            const [top, bar] = await page.evaluate((anchor) => [
                document.querySelector(`${anchor} h2`).getBoundingClientRect().top, document.querySelector('.bar').getBoundingClientRect().bottom,
            ], name);
            assert.ok(top >= bar - 1 && top < 900, `${name} is at ${top}`);
        }
    });

    test('the mouse moves both handles of a range of years', async () => {
        const { page } = opened();
        const [id] = await page.$$eval('figure:has(.range)', (all) => all.map((figure) => figure.id));
        const [all, fromLater, untilSooner] = await dragRange(page, id);
        const years = (text) => text.split('–').map(Number);
        assert.ok(years(fromLater)[0] > years(all)[0] && years(fromLater)[1] === years(all)[1], `${all}, then ${fromLater}`);
        assert.ok(years(untilSooner)[1] < years(all)[1] && years(untilSooner)[0] === years(fromLater)[0], untilSooner);
        await openAll(page);
        const heads = await page.$$eval(`figure[id="${id}"] tbody th`, (cells) => cells.map((cell) => cell.textContent));
        // What was counted may begin before the futures of the table do.
        const [first, last] = years(untilSooner);
        assert.ok(heads.length > 0 && heads.every((head) => Number(head) >= first && Number(head) <= last), `${heads} in ${untilSooner}`);
        assert.equal(Number(heads.at(-1)), last);
    });

    test('the mouse reads a value of every drawing', async () => {
        const { page } = opened();
        const silent = [];
        for (const id of await page.$$eval('figure:has(.drawing)', (all) => all.map((figure) => figure.id))) {
            if (!/\d/.test(await pointAt(page, id))) {
                silent.push(id);
            }
        }
        none(silent);
    });

    test('a choice draws its chapter anew, whichever it is', async () => {
        const { page } = opened();
        const wrong = [];
        for (let n = 0; n < (await page.$$('.controls select')).length; n++) {
            const one = async () => (await page.$$('.controls select'))[n];
            const values = await (await one()).evaluate((select) => [...select.options].map(({ value }) => value));
            const chapters = new Set();
            for (const value of new Set([values[1], values[values.length >> 1], values.at(-1), values[0]].filter((v) => v !== undefined))) {
                await (await one()).select(value);
                const [chosen, chapter] = await (await one()).evaluate((select) => [select.value, select.closest('section').innerHTML]);
                chapters.add(chapter);
                wrong.push(...(chosen === value ? [] : [`${value} is not chosen`]), ...(await page.evaluate(unfinished)).map((line) => `${value}: ${line}`));
            }
            wrong.push(...(values.length > 1 && chapters.size < 2 ? [`${values} change nothing`] : []));
        }
        none(wrong);
    });
}

// What is kept while the language changes; by keyboard, from where the reader is.
function memoryTests(opened) {
    test('another language keeps what the reader chose, and the focus', async () => {
        const { page } = opened();
        await speakBy(page, 'en');
        await (await page.$('#years .controls select')).select('north');
        await page.$eval('#a-people details.table', (part) => { part.open = true; });
        await page.$eval('#languages button[lang="fr"]', (button) => button.focus());
        await page.keyboard.press('Enter');
        await settled(page);
        const kept = await page.evaluate(() => ({
            language: document.documentElement.lang, region: document.querySelector('#years .controls select').value,
            isOpen: document.querySelector('#a-people details.table').open, focus: document.activeElement.lang,
        }));
        assert.deepEqual(kept, { language: 'fr', region: 'north', isOpen: true, focus: 'fr' });
        await (await page.$('#years .controls select')).select('');
    });
}

// Every control by the Tab key and the keys that belong to it.
function keyboardTests(opened, code) {
    test('the keyboard alone reaches every control, sees where it is, and works it', async () => {
        const { page } = opened();
        await speakBy(page, code);
        const { stops, wrong } = await walk(page);
        assert.ok(stops.length > 60 && stops.length < 2000, `${stops.length} stops`);
        none(wrong);
        const reached = new Set(stops.map(({ id, tag, text }) => `${id} ${tag} ${text}`));
        none((await page.evaluate(controlsSeen)).filter((name) => !reached.has(name)));
    });

    test('the focus shows which handle of a range it is on', async () => {
        const { page } = opened();
        const shot = async () => (await page.$('.range')).screenshot({ encoding: 'base64' });
        const shots = [await shot()];
        await (await page.$('.range-track input')).focus();
        for (const key of ['Shift', 'Tab']) {
            await page.keyboard.press(key);
            shots.push(await shot());
        }
        assert.equal(new Set(shots).size, 3);
    });

    test('the keyboard skips to the text and saves a file', async () => {
        const { page } = opened();
        await page.evaluate(() => { document.activeElement.blur(); window.scrollTo(0, 0); });
        await page.$eval('#skip', (link) => link.focus());
        await page.keyboard.press('Enter');
        assert.equal(await page.evaluate(() => document.activeElement.id), 'page');
        const text = await downloaded(opened(), 'o-people.csv', async () => {
            await page.$eval('#o-people .tools button', (button) => button.focus());
            await page.keyboard.press('Enter');
        });
        assertTable(text, code);
    });
}

// The files of pictures.
function fileTests(opened, code) {
    test('every picture saves a table and a drawing that others can read', async () => {
        const { page } = opened();
        await speakBy(page, code);
        const pictures = await page.$$eval('figure', (all) => all.map((figure) => ({ id: figure.id, isDrawn: Boolean(figure.querySelector('.drawing')) })));
        for (const { id, isDrawn } of pictures.filter((picture) => picture.id !== 'o-people')) {
            assertTable(await save(opened(), page, id, 'CSV'), code, id);
            if (isDrawn) {
                await assertPicture(page, await save(opened(), page, id, 'SVG'), id);
            }
        }
    });
}

// All tests of a browser of KIND; MOUSE, KEYS and FILES say in which language each is done.
export function reading(kind, { mouse, keys, files, axeAt }) {
    let reader;
    let tab;
    before(async () => {
        reader = await start(kind, `${folder}/${kind}`);
        tab = await open(reader, report);
    });
    after(() => reader?.browser.close());
    const opened = () => ({ ...reader, ...tab });

    test('it opens from a file, in Dutch', async () => {
        assert.equal(await tab.page.evaluate(() => document.documentElement.lang), 'nl');
        assert.ok((await tab.page.$$('.drawing svg')).length > 0);
    });
    languages.forEach((code) => languageTests(opened, code));
    memoryTests(opened);
    keyboardTests(opened, keys);
    fileTests(opened, files);
    mouseTests(opened, mouse);
    for (const [code, width] of axeAt) {
        test(`axe finds nothing serious: ${code}, ${width} pixels, every part open`, async () => {
            await speakBy(tab.page, code);
            await resize(tab.page, width);
            await openAll(tab.page);
            none(await findings(tab.page));
            await resize(tab.page, 1024);
        });
    }
    namesTests(opened, hostile);
    test('the console said nothing, and no request left the page', () => none(tab.said));
}
