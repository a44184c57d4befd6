#!/usr/bin/env bash
# xlsx (SheetJS) 0.18.5: a telephone number of twelve digits in a workbook is "3.06912E+11" in the CSV written from it; in a
# CSV read by it the floor "3-5" is a day in March 2001.
#
# A cell without a number format gets the text that a narrow column shows, so the last digits of twelve are gone, while
# eleven stay. Read from a CSV, numbers lose plus and zeros in sheet_to_json; with raw: false they keep them, and the floor
# is "3/5/01". Only raw: true when the CSV is read leaves all as it was. exceljs 4.4.0, csv-parse 7.0.3 with cast and
# csvtojson 2.0.14 with checkType lose plus and zeros too, and all make 100000 of the ticket "1E5". A number with a blank
# in it stays a text, so the rows of one list differ.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export npm_config_cache="$scratch/cache"
cd "$scratch"
npm install --silent --no-audit --no-fund xlsx@0.18.5 exceljs@4.4.0 csv-parse@7.0.3 csvtojson@2.0.14 >/dev/null
cat >finding.mjs <<'JAVASCRIPT'
import { Readable } from 'node:stream';
import { parse } from 'csv-parse/sync';
import csvtojson from 'csvtojson';
import ExcelJS from 'exceljs';
import XLSX from 'xlsx';

const lines = ['+306912345678,3-5,1E5', '06912345678,1/2,007', '0030 6912345678,2.10,INC-7'];
const text = lines.join('\n');
const show = (name, rows) => console.log(`${name}: ${rows.map(row => row.join(' ')).join(' | ')}`);
const sheet = options => XLSX.read(text, { type: 'string', ...options }).Sheets.Sheet1;

show('written as CSV', [[XLSX.utils.sheet_to_csv(XLSX.utils.aoa_to_sheet([[306912345678, 12025550123]]))]]);
show('read from CSV', XLSX.utils.sheet_to_json(sheet(), { header: 1 }));
show('read from CSV, raw: false', XLSX.utils.sheet_to_json(sheet(), { header: 1, raw: false }));
show('read with raw: true', XLSX.utils.sheet_to_json(sheet({ raw: true }), { header: 1 }));
const rows = [];
(await new ExcelJS.Workbook().csv.read(Readable.from([text]))).eachRow(row => rows.push(row.values.slice(1)));
show('exceljs', rows);
show('csv-parse, cast', parse(text, { cast: true }));
show('csvtojson, checkType', (await csvtojson({ checkType: true, noheader: true }).fromString(text)).map(Object.values));
JAVASCRIPT
seen=$(TZ=UTC node finding.mjs)
expected=$(cat <<'SEEN'
written as CSV: 3.06912E+11,12025550123
read from CSV: 306912345678 36955 100000 | 6912345678 36893 7 | 0030 6912345678 2.1 INC-7
read from CSV, raw: false: +306912345678 3/5/01 1E5 | 06912345678 1/2/01 007 | 0030 6912345678 2.10 INC-7
read with raw: true: +306912345678 3-5 1E5 | 06912345678 1/2 007 | 0030 6912345678 2.10 INC-7
exceljs: 306912345678 3-5 100000 | 6912345678 1/2 7 | 0030 6912345678 2.1 INC-7
csv-parse, cast: 306912345678 3-5 100000 | 6912345678 1/2 7 | 0030 6912345678 2.1 INC-7
csvtojson, checkType: 306912345678 3-5 100000 | 6912345678 1/2 7 | 0030 6912345678 2.1 INC-7
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
