package coppice.structure;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.structure.BlobsView;
import coppice.api.structure.CounterView;
import coppice.api.structure.DictView;
import coppice.api.structure.DocumentsView;
import coppice.api.structure.EventLogView;
import coppice.api.structure.GraphView;
import coppice.api.structure.RegisterView;
import coppice.api.structure.Secret;
import coppice.api.structure.SequenceView;
import coppice.api.structure.SetOfView;
import coppice.api.structure.SketchView;
import coppice.api.structure.StructureInfo;
import coppice.api.structure.StructureKind;
import coppice.api.structure.StructuresView;
import coppice.api.structure.TypeRef;
import coppice.api.structure.WorkQueueView;
import coppice.structure.blob.SpaceBlobsView;
import coppice.structure.codec.Codec;
import coppice.structure.collection.SpaceDocumentsView;
import coppice.structure.counter.SpaceCounterView;
import coppice.structure.dict.SpaceDictView;
import coppice.structure.graph.SpaceGraphView;
import coppice.structure.ground.ReadGround;
import coppice.structure.ground.Registry;
import coppice.structure.log.SpaceLogView;
import coppice.structure.queue.SpaceQueueView;
import coppice.structure.register.SpaceRegisterView;
import coppice.structure.secret.Keyring;
import coppice.structure.sequence.SpaceSequenceView;
import coppice.structure.set.SpaceSetView;
import coppice.structure.sketch.SpaceSketchView;
import java.util.List;
import java.util.Optional;

/// The structures of a state, to read.
public class SpaceStructuresView implements StructuresView {
    static final Codec<byte[]> BYTES = Codec.of(TypeRef.of(byte[].class));
    static final Codec<Long> NUMBERS = Codec.of(TypeRef.of(Long.class));

    private final ReadGround ground;

    public SpaceStructuresView(ReadGround ground) {
        this.ground = ground;
    }

    @Override
    public List<StructureInfo> all() {
        return Registry.all(ground);
    }

    @Override
    public Optional<StructureInfo> find(String name) {
        return Registry.find(ground, Registry.name(name));
    }

    @Override
    public <V> DictView<V> dict(String name, TypeRef<V> values) {
        Codec<V> codec = Codec.of(values);
        return new SpaceDictView<>(opened(name, StructureKind.DICT, codec), codec, ground, Optional.empty());
    }

    @Override
    public <V> DictView<V> dict(String name, TypeRef<V> values, Secret secret) {
        Codec<V> codec = Codec.of(values).discreet();
        Keyring keyring = keyring(name, secret);
        return new SpaceDictView<>(opened(name, codec, keyring), codec, ground, Optional.of(keyring));
    }

    @Override
    public <V> WorkQueueView<V> queue(String name, TypeRef<V> values) {
        Codec<V> codec = Codec.of(values);
        return new SpaceQueueView<>(opened(name, StructureKind.QUEUE, codec), codec, ground);
    }

    @Override
    public <V> EventLogView<V> eventLog(String name, TypeRef<V> values) {
        Codec<V> codec = Codec.of(values);
        return new SpaceLogView<>(opened(name, StructureKind.LOG, codec), codec, ground);
    }

    @Override
    public CounterView counter(String name) {
        return new SpaceCounterView(opened(name, StructureKind.COUNTER, NUMBERS), ground);
    }

    @Override
    public <V> SetOfView<V> set(String name, TypeRef<V> values) {
        Codec<V> codec = Codec.of(values);
        return new SpaceSetView<>(opened(name, StructureKind.SET, codec), codec, ground);
    }

    @Override
    public <V> RegisterView<V> register(String name, TypeRef<V> values) {
        Codec<V> codec = Codec.of(values);
        return new SpaceRegisterView<>(opened(name, StructureKind.REGISTER, codec), codec, ground);
    }

    @Override
    public <V> SequenceView<V> list(String name, TypeRef<V> values) {
        Codec<V> codec = Codec.of(values);
        return new SpaceSequenceView<>(opened(name, StructureKind.LIST, codec), codec, ground);
    }

    @Override
    public <V> DocumentsView<V> collection(String name, TypeRef<V> values) {
        Codec<V> codec = Codec.of(values);
        return new SpaceDocumentsView<>(opened(name, StructureKind.COLLECTION, codec), codec, ground);
    }

    @Override
    public <V> GraphView<V> graph(String name, TypeRef<V> values) {
        Codec<V> codec = Codec.of(values);
        return new SpaceGraphView<>(opened(name, StructureKind.GRAPH, codec), codec, ground);
    }

    @Override
    public BlobsView blobs(String name) {
        return new SpaceBlobsView(opened(name, StructureKind.BLOBS, BYTES), ground);
    }

    @Override
    public <V> SketchView<V> sketch(String name, TypeRef<V> values) {
        Codec<V> codec = Codec.of(values);
        return new SpaceSketchView<>(opened(name, StructureKind.SKETCH, codec), codec, Optional.empty(), ground);
    }

    /// The keys of an encrypted dict.
    final Keyring keyring(String name, Secret secret) {
        return new Keyring(Registry.name(name), secret, ground.vault());
    }

    /// What an encrypted dict is that is about to be opened.
    final StructureInfo opened(String name, Codec<?> codec, Keyring keyring) {
        StructureInfo wanted = new StructureInfo(name, StructureKind.DICT, codec.name(), true);
        Registry.check(ground, wanted);
        if (find(name).isEmpty() && ground.space(name).count() > 0) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.NOT_ENCRYPTED,
                            "The space '" + name
                                    + "' has rows already, which are not encrypted, and nothing was written:"
                                    + " take another name")
                    .with("name", name);
        }
        keyring.check(ground.space(Keyring.space(name)));
        return wanted;
    }

    /// What a structure is that is about to be opened.
    final StructureInfo opened(String name, StructureKind kind, Codec<?> codec) {
        StructureInfo wanted = new StructureInfo(Registry.name(name), kind, codec.name());
        Registry.check(ground, wanted);
        return wanted;
    }
}
