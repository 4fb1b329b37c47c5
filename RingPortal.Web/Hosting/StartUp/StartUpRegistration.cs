namespace RingPortal.Web.Hosting.StartUp;

/// <summary>Registers what makes a failed start readable.</summary>
public static class StartUpRegistration
{
    /// <summary>Keeps the host from logging a failed start that <see cref="StartUpGuard"/> prints as a sentence.</summary>
    public static WebApplicationBuilder AddReadableStart(this WebApplicationBuilder builder)
    {
        HostFailureFilter.AddTo(builder);
        return builder;
    }
}
