// What can be seen of a report in a browser, as plain values. Each function runs inside the page.

// The chapters: their letters, names and anchors, in the text and in the list of contents; the line on
// what is left out.
export function chaptersSeen() {
    const words = (node) => node?.textContent.trim();
    return {
        language: document.documentElement.lang,
        letters: [...document.querySelectorAll('section.chapter > h2 > .letter')].map(words).join(''),
        listed: [...document.querySelectorAll('#contents a .letter')].map(words).join(''),
        titles: [...document.querySelectorAll('section.chapter > h2')].map((head) => words(head).slice(1)),
        contents: [...document.querySelectorAll('#contents a')].map((link) => words(link).slice(1)),
        dead: [...document.querySelectorAll('a[href^="#"]')].map((link) => link.getAttribute('href'))
            .filter((name) => !document.getElementById(name.slice(1))),
        pictures: [...document.querySelectorAll('figure')].map(({ id }) => id),
        sentences: [...document.querySelectorAll('.in-short li')].map(words),
        leftOut: [...document.querySelectorAll('.left-out')].map(words),
    };
}

// What is not finished: drawings of nothing, chapters of nothing, and texts that were never filled in.
export function unfinished() {
    const empty = [...document.querySelectorAll('.drawing')].filter((drawing) => !drawing.querySelector('svg path, svg circle, svg rect, svg line'))
        .map((drawing) => `${drawing.closest('figure').id}: nothing is drawn`);
    const bare = [...document.querySelectorAll('section.chapter')].filter((chapter) => !chapter.querySelector('figure, li, table, pre, dl, p + p'))
        .map(({ id }) => `${id}: a chapter with nothing in it`);
    const isRaw = (text) => /\bundefined\b|\bNaN\b|Infinity|\[object |\{\w+\}|\{\w+\||^([a-z]|page|picture|parts|chapter|quantity|definition|unit)\.[a-z_]+$/.test(text);
    const raw = [...document.querySelectorAll('#page *, #contents *, #languages *')]
        .filter((node) => node.children.length === 0 && !node.closest('code, pre, .of-path, .of-value, tspan') && isRaw(node.textContent.trim()))
        .map((node) => `${node.closest('[id]')?.id}: ${node.textContent.slice(0, 80)}`);
    const attributes = [...document.querySelectorAll('#page [aria-label], #page [title]')]
        .filter((node) => isRaw(node.getAttribute('aria-label') ?? '')).map((node) => `${node.closest('[id]')?.id}: label ${node.getAttribute('aria-label')}`);
    return [...empty, ...bare, ...raw, ...attributes];
}

// Whatever is wider than the window, cut off, or written outside its drawing.
export function cutOff() {
    const wide = document.documentElement.scrollWidth > window.innerWidth ? [`the page is ${document.documentElement.scrollWidth} wide`] : [];
    const name = (node) => `${node.closest('[id]')?.id} ${node.tagName} ${node.textContent.trim().slice(0, 40)}`;
    const isShown = (node) => node.getClientRects().length > 0;
    const over = [...document.querySelectorAll('main *, header *, nav *')]
        .filter((node) => !node.closest('.scroll, .unseen, svg, pre, [hidden]') && isShown(node) && node.getBoundingClientRect().right > window.innerWidth + 1)
        .map((node) => `over the edge: ${name(node)}`);
    const clipped = [...document.querySelectorAll('main *, header *, nav *')]
        .filter((node) => !node.closest('.unseen, svg, thead') && isShown(node) && /hidden|clip/.test(getComputedStyle(node).overflowX)
            && !/^(INPUT|SELECT|SUMMARY)$/.test(node.tagName) && node.scrollWidth > node.clientWidth + 1)
        .map((node) => `clipped: ${name(node)}`);
    const texts = [...document.querySelectorAll('.drawing svg text')].filter((text) => {
        const box = text.getBoundingClientRect();
        const drawing = text.closest('.drawing').getBoundingClientRect();
        return box.width > 0 && (box.left < Math.min(0, drawing.left) - 1 || box.right > window.innerWidth + 1
            || box.left < drawing.left - 4 || box.right > drawing.right + 4 || box.top < drawing.top - 12 || box.bottom > drawing.bottom + 12);
    }).map((text) => `outside its drawing: ${name(text)}`);
    return [...wide, ...over, ...clipped, ...texts];
}

// What has the focus: what it is, whether that shows, and whether it can be seen at all.
export function focusSeen() {
    const node = document.activeElement;
    if (!node || node === document.body) {
        return null;
    }
    const style = getComputedStyle(node);
    const controls = [...document.querySelectorAll('a[href], button, select, input, summary, [tabindex="0"]')]
        .filter((other) => other.checkVisibility() && !other.disabled);
    const box = node.getBoundingClientRect();
    const top = Math.max(0, box.top);
    const foot = Math.min(window.innerHeight, box.bottom);
    const at = document.elementFromPoint(Math.min(window.innerWidth - 1, box.left + box.width / 2), (top + foot) / 2);
    return {
        tag: node.tagName, type: node.type ?? '', classes: node.className, id: node.closest('figure')?.id ?? node.closest('[id]')?.id ?? '',
        text: (node.getAttribute('aria-label') ?? node.textContent).trim().slice(0, 80),
        isLast: node === controls.at(-1),
        isMarked: (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || node.type === 'range',
        where: `${Math.round(box.top)} to ${Math.round(box.bottom)}, ${at?.tagName}.${at?.className?.baseVal ?? at?.className} ${at?.closest('[id]')?.id}`,
        isSeen: foot > top && Boolean(at) && (node.contains(at) || at.contains(node) && !at.matches('.bar, .bar *') || node.type === 'range'),
    };
}

// The controls that a keyboard should reach, as focusSeen() calls them: what a choice made anew has the same name.
export function controlsSeen() {
    return [...document.querySelectorAll('a[href], button, select, input, summary, [tabindex="0"]')]
        .filter((node) => node.checkVisibility() && !node.disabled && node.tabIndex >= 0 && getComputedStyle(node).visibility !== 'hidden')
        .map((node) => [
            node.closest('figure')?.id ?? node.closest('[id]')?.id ?? '', node.tagName, (node.getAttribute('aria-label') ?? node.textContent).trim().slice(0, 80),
        ].join(' '));
}

// Every table of numbers that is open, as its reader sees it: heads, rows, and the address in each row.
export function tablesSeen() {
    const words = (node) => node.textContent.trim();
    return Object.fromEntries([...document.querySelectorAll('figure:has(details.table table)')].map((figure) => {
        const table = figure.querySelector('details.table table');
        const rows = [...table.querySelectorAll('tbody tr')];
        return [figure.id, {
            columns: [...table.querySelectorAll('thead th')].map(words),
            rows: rows.map((row) => [...row.children].map(words)),
            addresses: rows.map((row) => row.querySelector('button[title]')?.title ?? null),
        }];
    }));
}

// The numbers that each picture has addresses for: what each is called, and the command that prints it.
export function addressesSeen() {
    const commands = (panel) => [...(panel.querySelector('select')?.options ?? [null])].map((option) => {
        if (option) {
            option.selected = true;
            option.parentElement.dispatchEvent(new Event('change'));
        }
        return { text: option?.text ?? '', command: panel.querySelector('input').value };
    });
    return Object.fromEntries([...document.querySelectorAll('figure:has(.panel)')].map((figure) => [figure.id, commands(figure.querySelector('.panel'))]));
}

// The table of page one: the number and the interval in each cell.
export function comparisonSeen() {
    return [...document.querySelectorAll('table.comparison tbody tr')].map((row) => [...row.querySelectorAll('td')]
        .map((cell) => ['.value', '.interval'].map((part) => cell.querySelector(part)?.textContent ?? '')));
}

// What would not be there if every name were only a text: elements that load or run, and attributes that do.
export function markupSeen() {
    const elements = [...document.querySelectorAll('img, iframe, object, embed, form, base, link:not([rel="icon"]), foreignObject, body script:not([id]):not(:last-of-type), main script, main style:not(svg style), b, i, marquee')]
        .map((node) => node.outerHTML.slice(0, 120));
    const attributes = [...document.querySelectorAll('body *')].flatMap((node) => [...node.attributes].map(({ name, value }) => [node, name, value]))
        .filter(([, name, value]) => /^on/.test(name) || (/^(href|src|xlink:href)$/.test(name) && !/^(#|data:,)/.test(value)))
        .map(([node, name, value]) => `${node.tagName} ${name}="${value.slice(0, 80)}"`);
    return [...elements, ...attributes];
}
