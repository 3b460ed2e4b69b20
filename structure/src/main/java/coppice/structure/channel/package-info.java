/// Messages for those who listen now, typed. Read [BrokeredChannel] first.
@NullMarked
package coppice.structure.channel;

import org.jspecify.annotations.NullMarked;
