import { crc32 } from 'node:zlib';

export type Cell = string | number;

/** A day in a cell as Excel keeps it: days since 30 December 1899, with the look of a date. */
export interface DayCell {
	day: string;
}

export function csvOf(rows: ReadonlyArray<readonly Cell[]>): Buffer {
	return Buffer.from(rows.map((row) => row.join(',')).join('\n'));
}

/** An Excel file with one sheet. */
export function xlsxOf(rows: ReadonlyArray<ReadonlyArray<Cell | DayCell>>): Buffer {
	const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
	const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
	const of = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
	const packages = 'http://schemas.openxmlformats.org/package/2006';
	const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
	const lines = rows.map((row, y) => {
		const cells = row.map((cell, x) => cellOf(cell, `${String.fromCharCode(65 + x)}${y + 1}`));
		return `<row r="${y + 1}">${cells.join('')}</row>`;
	});
	return zipOf({
		'[Content_Types].xml': `${head}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${types}.styles+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${types}.worksheet+xml"/></Types>`,
		'_rels/.rels': `${head}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${of}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		'xl/workbook.xml': `${head}<workbook xmlns="${main}" xmlns:r="${of}"><sheets><sheet name="Freeze" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		'xl/_rels/workbook.xml.rels': `${head}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${of}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${of}/styles" Target="styles.xml"/></Relationships>`,
		'xl/styles.xml': `${head}<styleSheet xmlns="${main}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`,
		'xl/worksheets/sheet1.xml': `${head}<worksheet xmlns="${main}"><sheetData>${lines.join('')}</sheetData></worksheet>`,
	});
}

function cellOf(cell: Cell | DayCell, place: string): string {
	if (typeof cell === 'number') return `<c r="${place}"><v>${cell}</v></c>`;
	if (typeof cell === 'string') {
		return `<c r="${place}" t="inlineStr"><is><t>${cell}</t></is></c>`;
	}
	const serial = Date.parse(cell.day) / 86_400_000 + 25_569;
	return `<c r="${place}" s="1"><v>${serial}</v></c>`;
}

/** A ZIP archive whose files are stored as they are. */
function zipOf(files: Record<string, string>): Buffer {
	const bodies: Buffer[] = [];
	const directory: Buffer[] = [];
	let offset = 0;
	for (const [name, text] of Object.entries(files)) {
		const body = Buffer.from(text);
		const common = Buffer.alloc(26);
		common.writeUInt16LE(20, 0);
		common.writeUInt32LE(crc32(body), 10);
		common.writeUInt32LE(body.length, 14);
		common.writeUInt32LE(body.length, 18);
		common.writeUInt16LE(name.length, 22);
		const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), body]);
		const rest = Buffer.alloc(14);
		rest.writeUInt32LE(offset, 10);
		directory.push(Buffer.from('PK\x01\x02\x14\x00'), common, rest, Buffer.from(name));
		bodies.push(local);
		offset += local.length;
	}
	const entries = Buffer.concat(directory);
	const end = Buffer.alloc(22);
	end.write('PK\x05\x06', 'latin1');
	end.writeUInt16LE(bodies.length, 8);
	end.writeUInt16LE(bodies.length, 10);
	end.writeUInt32LE(entries.length, 12);
	end.writeUInt32LE(offset, 16);
	return Buffer.concat([...bodies, entries, end]);
}
