/// What collections ask of full-text search, which is another module that is there or not. Read [TextEngine]
/// first.
@NullMarked
package coppice.structure.text;

import org.jspecify.annotations.NullMarked;
