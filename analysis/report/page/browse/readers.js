// What a reader does with a report: the same steps in every browser, by mouse or by keyboard.

import { downloaded, settled } from './browsers.js';
import { focusSeen } from './seen.js';

const names = { nl: 'Nederlands', fr: 'Français', en: 'English' };

// Clicks in the middle of NODE, away from the bar at the top, once the page has come to rest there.
async function clickOn(page, node) {
    await node.evaluate((it) => it.scrollIntoView({ block: 'center' }));
    await settled(page);
    await node.click();
}

// Chooses a language with the mouse.
export async function speakBy(page, code) {
    await (await page.$(`#languages button[lang="${code}"]`)).click();
    await page.waitForFunction((wanted) => document.documentElement.lang === wanted, {}, code);
    await settled(page);
    return names[code];
}

// Opens every part that is behind a click, and waits until all of it stands.
export async function openAll(page) {
    await page.evaluate(() => document.querySelectorAll('main details').forEach((part) => { part.open = true; }));
    await settled(page);
}

// Where the middle of the first of SELECTOR is on the screen, after it was brought there; what is there.
async function middleOf(page, selector) {
    return page.$eval(selector, (node) => {
        node.scrollIntoView({ block: 'center' });
        const box = node.getBoundingClientRect();
        return { x: box.left + box.width / 2, y: box.top + box.height / 2, left: box.left, width: box.width };
    });
}

// Drags the handle of a range that stands at its beginning a third of the way; true where the years moved.
export async function dragRange(page, id) {
    const track = `figure[id="${id}"] .range-track`;
    const { left, width, y } = await middleOf(page, track);
    const shown = () => page.$eval(`figure[id="${id}"] .range-shown`, (node) => node.textContent);
    const before = await shown();
    await page.mouse.move(left + 9, y);
    await page.mouse.down();
    await page.mouse.move(left + width / 3, y, { steps: 3 });
    await page.mouse.up();
    await settled(page);
    const after = await shown();
    await page.mouse.move(left + width - 9, y);
    await page.mouse.down();
    await page.mouse.move(left + 2 * width / 3, y, { steps: 3 });
    await page.mouse.up();
    await settled(page);
    return [before, after, await shown()];
}

// Moves the mouse over a drawing; the value that is shown there.
export async function pointAt(page, id) {
    const { x, y } = await middleOf(page, `figure[id="${id}"] .drawing svg`);
    await page.mouse.move(x - 20, y);
    await page.mouse.move(x, y);
    return page.$eval(`figure[id="${id}"] .tip`, (tip) => (tip.hidden ? '' : tip.textContent));
}

// Every summary of the text clicked twice: those that did not open and close are told.
export async function clickParts(page) {
    const wrong = [];
    const parts = await page.$$('main summary');
    for (const part of parts) {
        const state = () => part.evaluate((node) => [node.parentElement.open, node.parentElement.textContent.length > node.textContent.length]);
        const name = await part.evaluate((node) => `${node.closest('[id]').id}: ${node.textContent}`);
        const [before] = await state();
        await clickOn(page, part);
        const [between, isFilled] = await state();
        await clickOn(page, part);
        const [after] = await state();
        if (between === before || after !== before || (between && !isFilled)) {
            wrong.push(name);
        }
    }
    return { clicked: parts.length, wrong };
}

// Saves the file of a picture: the button that begins with LABEL, 'CSV' or 'SVG'.
export async function save(reader, page, id, label) {
    return downloaded(reader, `${id}.${label.toLowerCase()}`, async () => {
        await clickOn(page, await page.$(`figure[id="${id}"] .tools button[aria-label^="${label}"]`));
    });
}

// What a key does to the control that has the focus: what is told where that fails.
const acts = {
    SUMMARY: async (page) => {
        const isOpen = () => page.evaluate(() => document.activeElement.parentElement.open);
        const before = await isOpen();
        await page.keyboard.press('Enter');
        const between = await isOpen();
        await page.keyboard.press(' ');
        return between !== before && await isOpen() === before ? null : 'does not open and close';
    },
    SELECT: async (page) => {
        const chosen = () => page.evaluate(() => [document.activeElement.selectedIndex, document.activeElement.length]);
        const [before, length] = await chosen();
        const [there, back] = before + 1 < length ? ['ArrowDown', 'ArrowUp'] : ['ArrowUp', 'ArrowDown'];
        await page.keyboard.press(there);
        const [between] = await chosen();
        await page.keyboard.press(back);
        return length < 2 || (between !== before && (await chosen())[0] === before) ? null : 'does not choose';
    },
    range: async (page) => {
        const value = () => page.evaluate(() => document.activeElement.value);
        const before = await value();
        await page.keyboard.press('ArrowRight');
        const right = await value();
        await page.keyboard.press('ArrowLeft');
        const left = await value();
        if (right === before) {
            await page.keyboard.press('ArrowRight');
        }
        return right !== before || left !== right ? null : 'does not move';
    },
    // A level that is no multiple of the step is not found again.
    number: async (page) => {
        const value = () => page.evaluate(() => document.activeElement.value);
        const before = await value();
        await page.keyboard.press('ArrowUp');
        const between = await value();
        await page.keyboard.press('ArrowDown');
        return between !== before && await value() !== between ? null : 'does not count';
    },
    drawing: async (page) => {
        const said = () => page.evaluate(() => document.activeElement.parentElement.querySelector('[aria-live]').textContent);
        await page.keyboard.press('ArrowRight');
        const first = await said();
        await page.keyboard.press('End');
        const last = await said();
        await page.keyboard.press('Escape');
        const isHidden = await page.evaluate(() => document.activeElement.querySelector('.tip').hidden);
        return /\d/.test(first) && last !== '' && isHidden ? null : `reads '${first}', '${last}'`;
    },
    address: async (page, at) => {
        await page.keyboard.press('Enter');
        const field = await page.evaluate(() => ({
            value: document.activeElement.value ?? '', id: document.activeElement.closest('figure')?.id,
            isSelected: document.activeElement.selectionEnd > 0 && document.activeElement.selectionStart === 0,
        }));
        // Back to the button, so that the Tab key comes by everything in the panel.
        for (let n = 0; n < 3 && await page.evaluate(() => document.activeElement.closest('.panel') !== null); n++) {
            await page.keyboard.down('Shift');
            await page.keyboard.press('Tab');
            await page.keyboard.up('Shift');
        }
        return field.id === at.id && field.isSelected && /^doorstroom show '/.test(field.value) ? null : `gives '${field.value}'`;
    },
};

function actOf(at) {
    if (at.classes === 'drawing') {
        return acts.drawing;
    }
    if (at.tag === 'BUTTON' && at.opensPanel) {
        return acts.address;
    }
    return acts[at.tag] ?? acts[at.type] ?? null;
}

// What has the focus, once the page has scrolled there: some browsers take their time.
async function focusAtRest(page) {
    let at = await page.evaluate(focusSeen);
    for (let tries = 0; at && !at.isSeen && tries < 50; tries++) {
        await settled(page);
        at = await page.evaluate(focusSeen);
    }
    return at;
}

// Goes through the page by the Tab key alone and tries every control on the way, to the last: behind it
// some browsers take the focus to themselves and keep it. Tells each stop, and what is wrong: a control without
// a mark of focus, hidden, or without an effect.
export async function walk(page) {
    const wrong = [];
    await page.evaluate(() => {
        document.querySelector('#contents details').open = true;
        document.getElementById('skip').focus();
    });
    const stops = [await page.evaluate(focusSeen)];
    for (let n = 0; n < 2000; n++) {
        await page.keyboard.press('Tab');
        const at = await focusAtRest(page);
        if (!at) {
            break;
        }
        at.opensPanel = at.tag === 'BUTTON' && /^(Adres|Adresse|Address)\b/.test(at.text);
        stops.push(at);
        if (!at.isMarked || !at.isSeen) {
            wrong.push(`${at.id} ${at.tag} ${at.text}: ${at.isMarked ? `is hidden (${at.where})` : 'shows no focus'}`);
        }
        const failed = await actOf(at)?.(page, at);
        if (failed) {
            wrong.push(`${at.id} ${at.tag} ${at.text}: ${failed}`);
        }
        if (at.isLast) {
            break;
        }
    }
    return { stops, wrong };
}
