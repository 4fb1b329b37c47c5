namespace RingPortal.Web.Features.Certification;

/// <summary>One thing that Ring's certification asks for.</summary>
/// <param name="Id">Short stable key, also part of the keys of its texts.</param>
/// <param name="Group">When or where it counts.</param>
/// <param name="IsMachine">Whether a machine check looks at it; else a person confirms it.</param>
/// <param name="Binding">How binding it is.</param>
public sealed record CertificationItem(string Id, CertificationGroup Group, bool IsMachine, ItemBinding Binding)
{
    /// <summary>Key of its name.</summary>
    public string TitleKey => $"admin.cert.{Id}.title";

    /// <summary>Key of what Ring wants.</summary>
    public string WantsKey => $"admin.cert.{Id}.wants";

    /// <summary>Key of how to mend or confirm it.</summary>
    public string FixKey => $"admin.cert.{Id}.fix";
}

/// <summary>The parts of the list.</summary>
public enum CertificationGroup
{
    /// <summary>Before the submission (contract 11.2).</summary>
    Before,

    /// <summary>During the review (contract 11.3).</summary>
    During,

    /// <summary>After the submission (contract 11.3).</summary>
    After,

    /// <summary>How the app behaves (contract 11.4).</summary>
    Behaviour,

    /// <summary>The UX design guide (contract 11.5).</summary>
    Ux,
}

/// <summary>How binding an item is (contract 11.5).</summary>
public enum ItemBinding
{
    /// <summary>For every app.</summary>
    Required,

    /// <summary>Where the app has the feature; else it is explained in the reviewer notes.</summary>
    Conditional,

    /// <summary>Good to have.</summary>
    Recommended,
}
