// Elements made without HTML: whatever is written goes in as text, so that a name in a scenario
// can never become markup.

const SVG = 'http://www.w3.org/2000/svg';

function fillIn(node, attributes, children) {
    for (const [name, value] of Object.entries(attributes ?? {})) {
        if (value === null || value === undefined || value === false) {
            continue;
        }
        if (name.startsWith('on')) {
            node.addEventListener(name.slice(2), value);
        } else {
            node.setAttribute(name, value === true ? '' : value);
        }
    }
    node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
    return node;
}

// element('p', {class: 'note', onclick: f}, 'text', child, [children]).
export function element(tag, attributes, ...children) {
    return fillIn(document.createElement(tag), attributes, children);
}

export function svgElement(tag, attributes, ...children) {
    return fillIn(document.createElementNS(SVG, tag), attributes, children);
}
