import { element } from '../dom.js';

export function chapter(report, page) {
    return element('section', { id: 'overview' }, element('h1', null, page.scenario(0)));
}
