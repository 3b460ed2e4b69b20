/// Tables from outside: CSV, JSON arrays and JSON lines become rows with keys.
///
/// Read [coppice.cli.source.Rows] first: a table is a name and rows that can be read as often as needed. A file is
/// read three times: a [coppice.cli.source.Survey] of its start finds the columns' types and the key, a
/// [coppice.cli.source.Check] of all of it finds every mistake before anything is written, and then it is imported.
@NullMarked
package coppice.cli.source;

import org.jspecify.annotations.NullMarked;
