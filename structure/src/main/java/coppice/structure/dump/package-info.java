/// What is in structures as text. Read [Dump] first.
@NullMarked
package coppice.structure.dump;

import org.jspecify.annotations.NullMarked;
