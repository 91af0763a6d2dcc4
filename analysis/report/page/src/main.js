// Where the page begins: it unpacks its numbers, chooses the language, and makes the chapters.
//
// A change of language makes the whole page anew; what the reader has chosen (a region, a range of
// years, an open table) is remembered by name and found again.

import { chapters } from './chapters/index.js';
import { chapter as overview } from './chapters/overview.js';
import { element } from './dom.js';
import { languages, shortened, speak } from './language.js';
import { openDocument, pick, unpack } from './numbers.js';
import { picture } from './picture.js';

const names = { nl: 'Nederlands', fr: 'Français', en: 'English' };

// What a chapter is given beside the document: the language's words and formats, pictures and
// controls, and a memory of the reader's choices.
function makePage({ report, licences, outline }, code, memory) {
    const language = speak(code);
    const printing = [];
    const page = {
        ...language,
        report,
        licences,
        outline,
        printing,
        recall: (key, otherwise) => (memory.has(key) ? memory.get(key) : otherwise),
        remember: (key, value) => memory.set(key, value),
        onPrint: (node, before, after) => printing.push({ node, before, after }),
        width: () => Math.min(1040, Math.max(300, (window.innerWidth || 1040) - 48)),
        picture: (options) => picture(options, page),
        // The name of a region, measure, desk...: in the reader's language where there is one.
        name: (text) => shortened(pick(report.texts?.names?.[text], language.code, text)),
        scenario: (i) => shortened(pick(report.scenarios[i].title, language.code, report.scenarios[i].name)),
        // A note of the program, which counts the scenarios beside the base: 'other 1'.
        note: (text) => text.replaceAll(/\bother (\d+)\b/g, (word, n) => (report.scenarios[n] ? `‘${page.scenario(Number(n))}’` : word)).trim(),
        // What a quantity, its definition and its unit are called; OTHERWISE where there is no text.
        label: (name, otherwise = name) => language.find(`quantity.${name}`, otherwise),
        definition: (name, otherwise = '') => language.find(`definition.${name}`, otherwise),
        unit: (unit) => language.find(`unit.${unit}`, unit),
        // The whole source for a file, and a short one under a picture.
        source: () => sourceLine(report, page),
        shortSource: () => page.t('page.short_source', { version: report.made.version, date: page.dateText(report.made.date) }),
        // '2026-11-27' in words.
        dateText: (text) => language.date(Date.parse(text) / 86400000),
        choice: (options) => choice(options, page),
    };
    return page;
}

function sourceLine(report, page) {
    const scenarios = report.scenarios.map((scenario, i) => `${page.scenario(i)} (${scenario.short})`);
    return page.t('page.source', {
        version: report.made.version,
        date: report.made.date,
        scenarios: scenarios.join(', '),
    });
}

// A list to choose from: KEY remembers it, OPTIONS are [{value, text}]; CHANGED is called at once
// with the value that is chosen, and again at each change.
function choice({ key, label, options, value }, page) {
    const values = options.map((option) => String(option.value));
    const wanted = String(page.recall(key, value));
    const select = element('select', null, options.map((option) => element('option', {
        value: option.value, selected: String(option.value) === wanted,
    }, option.text)));
    if (!values.includes(wanted)) {
        select.selectedIndex = 0;
    }
    const root = element('label', { class: 'choice' }, element('span', null, label), select);
    return {
        root,
        value: () => select.value,
        listen: (changed) => {
            select.addEventListener('change', () => {
                page.remember(key, select.value);
                changed(select.value);
            });
            changed(select.value);
        },
    };
}

function languageSwitch(code, change) {
    return languages.map((other) => element('button', {
        type: 'button', lang: other, 'aria-pressed': String(other === code), onclick: () => change(other),
    }, names[other]));
}

// The list of chapters: open beside the text where there is room, else behind a click.
function contents(made, page) {
    const wide = window.matchMedia('(min-width: 84rem)');
    const list = element('details', { open: wide.matches },
        element('summary', { class: 'contents-title' }, page.t('page.contents')),
        element('ol', null, made.map(({ letter, name }) => element('li', null,
            element('a', { href: `#${name}` }, element('span', { class: 'letter' }, letter), page.t(`chapter.${name}`))))));
    wide.addEventListener('change', () => { list.open = wide.matches; });
    return list;
}

function section({ letter, name }, body, page) {
    return element('section', { id: name, class: 'chapter', 'aria-labelledby': `${name}-title` },
        element('h2', { id: `${name}-title` },
            element('span', { class: 'letter', 'aria-hidden': 'true' }, letter), page.t(`chapter.${name}`)),
        body);
}

// ENTRY with its body: null where there is nothing to show. One that fails is told to the console and
// is said to have failed; the others stand.
function attempt(entry, report, page) {
    try {
        return { ...entry, body: entry.make(report, page) };
    } catch (error) {
        console.error(error);
        return { ...entry, body: null, hasFailed: true };
    }
}

// One line for the chapters that are not here: KEY says why.
function leftOut(key, missing, page) {
    return missing.length === 0 ? null : element('p', { class: 'left-out' },
        page.t(key, { chapters: page.list(missing.map(({ name }) => page.t(`chapter.${name}`))) }));
}

// Puts PAGE into the shell of the document.
function show(report, page, change) {
    const first = attempt({ name: 'overview', make: overview }, report, page);
    const all = chapters.map((entry) => attempt(entry, report, page));
    const made = all.filter((entry) => entry.body);
    const missing = all.filter((entry) => !entry.body && !entry.hasFailed);
    const failed = [first, ...all].filter((entry) => entry.hasFailed);
    const at = (id) => document.getElementById(id);

    document.documentElement.lang = page.code;
    document.title = pick(report.scenarios[0].question, page.code, '') || page.scenario(0);
    at('skip').textContent = page.t('page.skip');
    at('languages').setAttribute('aria-label', page.t('page.language'));
    at('languages').replaceChildren(...languageSwitch(page.code, change));
    at('contents').setAttribute('aria-label', page.t('page.contents'));
    at('contents').replaceChildren(contents(made, page));
    at('page').replaceChildren(...[
        first.body, ...made.map((entry) => section(entry, entry.body, page)),
        leftOut('page.left_out', missing, page), leftOut('page.failed', failed, page),
    ].filter(Boolean));
}

// Draws for paper before printing, and for the screen after it: what is still on the page.
function listenToPrinter(current) {
    const each = (act) => current().printing.filter(({ node }) => node.isConnected).forEach(act);
    window.addEventListener('beforeprint', () => each(({ before }) => before()));
    window.addEventListener('afterprint', () => each(({ after }) => after()));
}

async function boot() {
    const report = openDocument(await unpack(document.getElementById('numbers').textContent));
    const licences = JSON.parse(document.getElementById('licences').textContent);
    const outline = JSON.parse(document.getElementById('outline').textContent);
    const memory = new Map();
    let page;

    function change(code) {
        const y = window.scrollY;
        const isSwitching = document.getElementById('languages').contains(document.activeElement);
        page = makePage({ report, licences, outline }, code, memory);
        show(report, page, change);
        // The button that was pressed is made anew, too: the focus stays on it.
        if (isSwitching) {
            document.querySelector('#languages [aria-pressed="true"]').focus();
        }
        window.scrollTo(0, y);
    }
    change(document.documentElement.lang);
    listenToPrinter(() => page);
    if (location.hash) {
        document.getElementById(location.hash.slice(1))?.scrollIntoView();
    }
}

boot().catch((error) => {
    const { t } = speak(document.documentElement.lang);
    document.getElementById('page').replaceChildren(
        element('p', { role: 'alert' }, t('page.cannot', { why: error.message })));
    throw error;
});
