package coppice.structure;

import coppice.api.structure.StructureKind;
import coppice.structure.blob.BlobLayout;
import coppice.structure.collection.CollectionLayout;
import coppice.structure.counter.CounterLayout;
import coppice.structure.dict.DictLayout;
import coppice.structure.graph.GraphLayout;
import coppice.structure.ground.Layout;
import coppice.structure.log.LogLayout;
import coppice.structure.queue.QueueLayout;
import coppice.structure.register.RegisterLayout;
import coppice.structure.sketch.SketchLayout;

/// The layouts of all kinds of structures.
final class Layouts {
    private static final Layout ROWS = new Layout() {};

    private Layouts() {}

    static Layout of(StructureKind kind) {
        return switch (kind) {
            case DICT -> new DictLayout();
            case LOG -> new LogLayout();
            case BLOBS -> new BlobLayout();
            case COUNTER -> new CounterLayout();
            case REGISTER -> new RegisterLayout();
            case QUEUE -> new QueueLayout();
            case COLLECTION -> new CollectionLayout();
            case GRAPH -> new GraphLayout();
            case SKETCH -> new SketchLayout();
            case SET, LIST -> ROWS;
        };
    }
}
