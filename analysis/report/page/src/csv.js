// A table as a file that a spreadsheet opens: UTF-8 with a mark, the language's own decimal sign.

const MARK = '\ufeff';

// A text that begins as a formula would is made harmless with an apostrophe.
function guard(text) {
    return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

function quote(text, separator) {
    return text.includes(separator) || /["\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function cell(value, style) {
    if (value === null || value === undefined || Number.isNaN(value)) {
        return '';
    }
    if (typeof value === 'number') {
        return plainNumber(value).replace('.', style.point);
    }
    return quote(guard(String(value)), style.separator);
}

// Ten digits say more than any result knows, and hide the last bit of a sum; no exponent, which a
// spreadsheet may take for a text.
function plainNumber(value) {
    const number = Number(value.toPrecision(10));
    const text = String(number);
    return text.includes('e-') ? number.toFixed(15).replace(/\.?0+$/, '') : text;
}

// COLUMNS [{name, unit}], ROWS [[value]], SOURCE one line; CODE the language.
export function csv({ columns, rows, source }, code) {
    const style = code === 'en' ? { separator: ',', point: '.' } : { separator: ';', point: ',' };
    const head = columns.map((column) => (column.unit ? `${column.name} (${column.unit})` : column.name));
    const lines = [head, ...rows].map((row) => row.map((value) => cell(value, style)).join(style.separator));
    lines.push('', cell(source, style));
    return `${MARK}${lines.join('\r\n')}\r\n`;
}
