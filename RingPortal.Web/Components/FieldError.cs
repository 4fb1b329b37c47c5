namespace RingPortal.Web.Components;

/// <summary>One entry that cannot be accepted: the id of its field and the sentence that says why.</summary>
public sealed record FieldError(string FieldId, string Message);
