/// Queues of jobs. Read [JobRecord] first.
@NullMarked
package coppice.structure.queue;

import org.jspecify.annotations.NullMarked;
