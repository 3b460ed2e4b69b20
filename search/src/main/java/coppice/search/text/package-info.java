/// What of documents is searched, and what of what a person types is looked for. Read [TextDocuments] first, then
/// [Sought].
@NullMarked
package coppice.search.text;

import org.jspecify.annotations.NullMarked;
