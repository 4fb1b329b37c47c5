namespace RingPortal.Simulator.Wire;

/// <summary>Answer of <c>/v1/devices</c> (contract 3.7).</summary>
internal sealed record DeviceList(AnswerMeta Meta, IReadOnlyList<DeviceResource> Data, IReadOnlyList<RelatedResource>? Included);

/// <summary>Answer of <c>/v1/devices/{id}</c> (contract 3.8).</summary>
internal sealed record DeviceAnswer(AnswerMeta Meta, DeviceResource Data, IReadOnlyList<RelatedResource>? Included);

/// <summary>Answer of a sub-resource (contract 3.9).</summary>
internal sealed record RelatedAnswer(AnswerMeta Meta, RelatedResource Data);

internal sealed record DeviceResource(string Type, string Id, DeviceAttributes Attributes, DeviceRelationships Relationships);

internal sealed record DeviceAttributes(string Name);

internal sealed record DeviceRelationships(Relationship Status, Relationship Capabilities, Relationship Configurations, Relationship Location);

internal sealed record Relationship(ResourceId Data, RelatedLink Links);

internal sealed record ResourceId(string Type, string Id);

internal sealed record RelatedLink(string Related);

/// <summary>Attributes differ by type, so they are written by their runtime type.</summary>
internal sealed record RelatedResource(string Type, string Id, object Attributes);

internal sealed record StatusAttributes(bool Online);

internal sealed record LocationAttributes(string Country, string? State);
