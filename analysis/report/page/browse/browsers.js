// Debian's Chromium and Firefox, driven alike, and a report opened in one of them.

import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { join } from 'node:path';
import puppeteer from 'puppeteer-core';

const launched = {
    chromium: (downloads) => ({
        browser: 'chrome', executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'],
        downloadBehavior: { policy: 'allow', downloadPath: downloads },
    }),
    firefox: (downloads) => ({
        browser: 'firefox', executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr',
        extraPrefsFirefox: {
            'browser.download.dir': downloads, 'browser.download.folderList': 2, 'browser.download.useDownloadDir': true,
            'browser.download.always_ask_before_handling_new_types': false, 'browser.download.alwaysOpenPanel': false,
        },
    }),
};

// A browser of KIND, 'chromium' or 'firefox', that saves what is downloaded in the folder DOWNLOADS.
export async function start(kind, downloads) {
    mkdirSync(downloads, { recursive: true });
    const browser = await puppeteer.launch({ headless: true, protocolTimeout: 240000, ...launched[kind](downloads) });
    return { kind, browser, downloads };
}

const isOwn = (address, file) => address === `file://${file}` || /^(data|blob|about):/.test(address);

// FILE in a tab WIDTH pixels wide. `said` holds whatever should not be there: what the console said,
// errors, dialogs, and requests that leave the file.
export async function open({ browser }, file, width = 1024) {
    const page = await browser.newPage();
    const said = [];
    page.on('console', (message) => said.push(`console: ${message.text()}`));
    page.on('pageerror', (error) => said.push(`error: ${error.message}`));
    page.on('dialog', (dialog) => { said.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
    page.on('request', (request) => {
        if (!isOwn(request.url().split('#')[0], file)) {
            said.push(`it asked for ${request.url()}`);
        }
    });
    await page.setViewport({ width, height: 900 });
    await page.goto(`file://${file}`);
    await page.waitForSelector('#page > *:not(noscript)');
    await settled(page);
    return { page, said };
}

// Waits until the page has drawn what it was asked for: what is drawn a frame later, too.
export async function settled(page) {
    await page.evaluate(() => new Promise((done) => {
        let frames = 4;
        const next = () => (frames-- > 0 ? requestAnimationFrame(next) : done());
        next();
    }));
}

export async function resize(page, width) {
    await page.setViewport({ width, height: 900 });
    await settled(page);
}

const MOST_TRIES = 2400; // a minute: a busy machine takes its time

// What ACT saves as a file named NAME, which is gone then, so that it can be saved again.
export async function downloaded({ downloads }, name, act) {
    const path = join(downloads, name);
    await act();
    for (let tries = 0; tries < MOST_TRIES; tries++) {
        if (existsSync(path) && !existsSync(`${path}.part`) && readFileSync(path).length > 0) {
            const text = readFileSync(path, 'utf8');
            rmSync(path);
            return text;
        }
        await wait(25);
    }
    throw new Error(`${name} was not saved`);
}
