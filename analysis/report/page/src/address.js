// The address of a number, as the program reads it: doorstroom show 'ADDRESS' FILES.

// A name that the program would read as something else stands in quotes, each quote written twice.
const TIME = /^(all|\d{4}(-\d\d(-\d\d)?)?(\.\.\d{4}(-\d\d(-\d\d)?)?)?)$/;

export function quoteName(name) {
    const plain = name !== '' && !/[,()<>="]/.test(name) && !TIME.test(name) && !/^\s|\s$/.test(name);
    return plain ? name : `"${name.replaceAll('"', '""')}"`;
}

// The inside of the bracket. LABELS is an object of axis to label, or a list of labels.
function inside(name, labels, time, relation) {
    const named = Array.isArray(labels) ? labels : Object.values(labels ?? {});
    const parts = [quoteName(name) + (relation ? ` ${relation}` : ''), ...named.map(quoteName)];
    if (time !== undefined && time !== null && time !== 'all') {
        parts.push(String(time));
    }
    return parts.join(', ');
}

// mean(floor_sleepers, north, 2030) of scenario OF (its place in the report); with THAN, of it less
// the base. `relation` is such as '< 100', for a chance.
export function addressOf(report, { of = 0, than = false, statistic = 'mean', name, labels, time,
    relation }) {
    const short = report.scenarios[of].short;
    const whose = than ? `${short}-${report.scenarios[0].short}` : short;
    return `${whose}:${statistic}(${inside(name, labels, time, relation)})`;
}

// A window of a quantity as the time of an address: 2030, 2030-06, or nothing for the whole.
export function timeOf(by, [from]) {
    if (by === 'whole') {
        return undefined;
    }
    const date = new Date(from * 86400000).toISOString();
    return date.slice(0, by === 'year' ? 4 : 7);
}

// What is typed to print the number again.
export function commandOf(report, address) {
    const files = report.scenarios.map((scenario) => shellWord(scenario.file));
    return `doorstroom show ${shellWord(address, true)} ${files.join(' ')}`;
}

function shellWord(text, always = false) {
    return !always && /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
