// node pictures.mjs REPORT.html FOLDER: the pictures of a report that README shows, taken in Debian's Chromium.

import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';

const WAIT = 120000; // milliseconds, on a busy machine

// What is taken: of an element, from its head on, so many pixels at most.
const pictures = [
    { name: 'page-one', language: 'en', element: '#overview', most: 1330 },
    { name: 'places', language: 'en', element: '#b-map', most: 900 },
    { name: 'page-one-nl', language: 'nl', width: 360, element: '#overview', most: 900 },
];

async function take(page, folder, { name, language, width = 900, element, most }) {
    await page.setViewportSize({ width, height: 1000 });
    await page.click(`#languages button[lang=${language}]`);
    await page.addStyleTag({ content: '.bar { position: static !important; }' });
    await page.waitForSelector(`${element} svg`, { timeout: WAIT });
    const box = await page.locator(element).boundingBox({ timeout: WAIT });
    const scrolled = await page.evaluate(() => window.scrollY);
    await page.screenshot({
        path: join(folder, `${name}.png`), fullPage: true, timeout: WAIT,
        clip: { x: Math.max(0, box.x - 16), y: box.y + scrolled, width: Math.min(width, box.width + 32), height: Math.min(most, box.height) },
    });
}

async function main([file, folder]) {
    if (!file || !folder) {
        throw new Error('usage: node pictures.mjs REPORT.html FOLDER');
    }
    mkdirSync(folder, { recursive: true });
    const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
    const page = await browser.newPage();
    await page.goto(`file://${resolve(file)}`, { timeout: WAIT });
    await page.waitForSelector('section.chapter', { timeout: WAIT });
    for (const picture of pictures) {
        await take(page, folder, picture);
    }
    await browser.close();
}

main(process.argv.slice(2)).catch((error) => {
    console.error(`pictures.mjs: ${error.message}`);
    process.exitCode = 1;
});
