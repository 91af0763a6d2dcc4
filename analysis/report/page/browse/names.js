// A report of a scenario whose names are hostile (tests/data/report/hostile.yaml): they are texts, and
// nothing else, on the page and in its files.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertPicture, assertTable } from './files.js';
import { open, settled } from './browsers.js';
import { openAll, save, speakBy } from './readers.js';
import { markupSeen, unfinished } from './seen.js';

// The names of that scenario, which must be read as they are.
const shown = [
    '<img src=x onerror=alert(1)>', '<svg onload=alert(2)>', '"><script>alert(3)</script>', '=HYPERLINK("http://x")', '+1+cmd|\' /C calc\'!A0', '-2+3&amp;</title>',
];

async function chooseAll(page) {
    for (let n = 0; n < (await page.$$('.controls select')).length; n++) {
        const one = async () => (await page.$$('.controls select'))[n];
        const values = await (await one()).evaluate((select) => [...select.options].map(({ value }) => value));
        for (const value of values.slice(0, 6).reverse()) {
            await (await one()).select(value);
        }
    }
    await settled(page);
}

// Tests of FILE, such a report, in the browser that READER() gives.
export function namesTests(reader, file) {
    let tab;
    test('hostile names are read as they are, in every language and choice', async () => {
        tab = await open(reader(), file);
        for (const code of ['fr', 'en']) {
            await speakBy(tab.page, code);
            await openAll(tab.page);
            await chooseAll(tab.page);
            assert.deepEqual(await tab.page.evaluate(markupSeen), []);
            assert.deepEqual(await tab.page.evaluate(unfinished), []);
        }
        const text = await tab.page.evaluate(() => document.body.textContent);
        assert.deepEqual(shown.filter((name) => !text.includes(name)), []);
        assert.equal(await tab.page.title(), shown[0]);
    });

    test('hostile names are cells and texts in the files', async () => {
        const { page } = tab;
        for (const id of await page.$$eval('figure', (all) => all.map((figure) => figure.id))) {
            assertTable(await save(reader(), page, id, 'CSV'), 'en', id);
            if (await page.$(`figure[id="${id}"] .tools button[aria-label^="SVG"]`)) {
                await assertPicture(page, await save(reader(), page, id, 'SVG'), id);
            }
        }
        assert.deepEqual(await page.evaluate(markupSeen), []);
    });

    test('nothing that a name says is done', async () => {
        assert.deepEqual(tab.said, []);
        await tab.page.close();
    });
}
