// node numbers_of.mjs REPORT.html [JAVASCRIPT]: the document that a report holds, as JSON; or what the expression says of
// it, `d`.

import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';

const [file, expression] = process.argv.slice(2);
const html = readFileSync(file, 'utf8');
const packed = html.match(/<script type="text\/plain" id="numbers">([^<]*)<\/script>/)[1];
const d = JSON.parse(inflateSync(Buffer.from(packed, 'base64')).toString('utf8'));
const said = expression ? new Function('d', `return ${expression}`)(d) : d;
console.log(typeof said === 'string' ? said : JSON.stringify(said));
