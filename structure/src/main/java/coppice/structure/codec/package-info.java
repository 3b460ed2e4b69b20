/// Values as they are stored: JSON. Read [Codec] first.
@NullMarked
package coppice.structure.codec;

import org.jspecify.annotations.NullMarked;
