#!/usr/bin/env bash
# ClosedXML 0.95.4: the text "+306912345678" put into a cell is a number without its plus, "1E5" is 100000 and "3-5" is a day;
# "12:30" written by it is read as 12:29:59.9999999 by MiniExcel 1.46.0 and ExcelDataReader 3.6.0.
#
# Value guesses what a text means; SetValue keeps the text. A time is written with fifteen digits, so it can lie below the
# minute, and both readers cut it off: a shift that begins at 12:30 has begun before it, and formatted as HH:mm it begins at 12:29.
# MiniExcel takes only commas for separators, so a list with semicolons has one column "Name;Phone".
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/data"
export NUGET_PACKAGES="$scratch/packages" XDG_DATA_HOME="$scratch/data" DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
cd "$scratch"
cat >finding.cs <<'CSHARP'
#:package ClosedXML@0.95.4
#:package MiniExcel@1.46.0
#:package ExcelDataReader@3.6.0
#:property PublishAot=false
#:property NoWarn=NU1603
using System.Globalization;
using System.Text;
using ClosedXML.Excel;
using ExcelDataReader;
using MiniExcelLibs;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
using (var book = new XLWorkbook())
{
    var sheet = book.AddWorksheet("People");
    string[] texts = ["+306912345678", "06912345678", "1E5", "3-5", "12:30", "07:00", "0030 6912345678"];
    foreach (var (row, text) in texts.Index())
    {
        var guessed = sheet.Cell(row + 1, 1);
        guessed.Value = text;
        var kept = sheet.Cell(row + 1, 2).SetValue(text);
        Console.WriteLine($"{text}: {guessed.DataType}, by SetValue {kept.DataType}");
    }
    book.SaveAs("people.xlsx");
}
int[] rows = [0, 1, 2, 4, 5];
var byMiniExcel = MiniExcel.Query("people.xlsx").Select(row => (object)row.A).ToList();
Console.WriteLine($"MiniExcel: {string.Join(", ", rows.Select(row => byMiniExcel[row]))}");
using var reader = ExcelReaderFactory.CreateReader(File.OpenRead("people.xlsx"));
List<object> byReader = [];
while (reader.Read()) byReader.Add(reader.GetValue(0));
Console.WriteLine($"ExcelDataReader: {string.Join(", ", rows.Select(row => byReader[row]))}");
File.WriteAllText("people.csv", "Name;Phone\nDana;+306912345678\n");
foreach (IDictionary<string, object> row in MiniExcel.Query("people.csv", useHeaderRow: true))
    Console.WriteLine($"MiniExcel, semicolons: {string.Join(", ", row.Select(cell => $"{cell.Key} is {cell.Value}"))}");
CSHARP
seen=$(dotnet run finding.cs 2>/dev/null)
expected=$(cat <<'SEEN'
+306912345678: Number, by SetValue Text
06912345678: Number, by SetValue Text
1E5: Number, by SetValue Text
3-5: DateTime, by SetValue Text
12:30: TimeSpan, by SetValue Text
07:00: TimeSpan, by SetValue Text
0030 6912345678: Text, by SetValue Text
MiniExcel: 306912345678, 6912345678, 100000, 12:29:59.9999999, 07:00:00
ExcelDataReader: 306912345678, 6912345678, 100000, 12:29:59.9999999, 07:00:00
MiniExcel, semicolons: Name;Phone is Dana;+306912345678
SEEN
)
printf '%s\n' "$seen"
[ "$seen" = "$expected" ] && exit 0
printf '\nThis has changed. Seen on 30 November 2026:\n%s\n' "$expected"
exit 1
