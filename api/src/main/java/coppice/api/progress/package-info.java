/// How far long operations have come.
@NullMarked
package coppice.api.progress;

import org.jspecify.annotations.NullMarked;
