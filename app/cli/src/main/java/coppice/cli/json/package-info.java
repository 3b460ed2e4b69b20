/// JSON as plain values, without loss: numbers keep their digits, objects their order.
///
/// Read [coppice.cli.json.Json] first. Parsing is Jackson's; this package turns its tokens into values and back into
/// the most compact text.
@NullMarked
package coppice.cli.json;

import org.jspecify.annotations.NullMarked;
