/// JSON as plain values, without loss: numbers keep their digits, objects their order.
///
/// Read [coppice.json.Json] first. Parsing is Jackson's; this package turns its tokens into values and back into
/// the most compact text. [coppice.json.FieldMerge] merges documents and leaves the text of what nobody changed as
/// it is.
@NullMarked
package coppice.json;

import org.jspecify.annotations.NullMarked;
