namespace RingPortal.Web.Features.Admin.Ui;

/// <summary>Where a column stands when a row is an item of a list.</summary>
public enum PhonePlace
{
    /// <summary>Nowhere: it is in the detail.</summary>
    Hidden,

    /// <summary>On the first line: the name and the state.</summary>
    First,

    /// <summary>On the second line, with its heading: one of the two most useful facts.</summary>
    Second,
}
