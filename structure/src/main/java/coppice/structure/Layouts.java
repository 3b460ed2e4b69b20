package coppice.structure;

import coppice.api.structure.StructureKind;
import coppice.structure.dict.DictLayout;
import coppice.structure.ground.Layout;
import coppice.structure.log.LogLayout;
import coppice.structure.queue.QueueLayout;

/// The layouts of all kinds of structures.
final class Layouts {
    private Layouts() {}

    static Layout of(StructureKind kind) {
        return switch (kind) {
            case DICT -> new DictLayout();
            case LOG -> new LogLayout();
            case QUEUE -> new QueueLayout();
        };
    }
}
