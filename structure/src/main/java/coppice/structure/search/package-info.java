/// What collections ask of the search by words and along graphs of vectors, which is in another module that is
/// there or not. Read [SearchEngine] first.
@NullMarked
package coppice.structure.search;

import org.jspecify.annotations.NullMarked;
